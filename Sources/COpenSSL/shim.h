/* OpenSSL 3: libcrypto alone, no TLS.
 *
 * OpenSSL spells part of its interface as macros, which Swift does not import. Each one that we need
 * has a static inline function here, named keyfront_<what it wraps>, and nothing more than the call. */
#ifndef KEYFRONT_COPENSSL_SHIM_H
#define KEYFRONT_COPENSSL_SHIM_H

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

/* EVP_CIPHER_CTX_ctrl(3): the commands are macros that name other macros. */
static inline int keyfront_gcm_set_iv_length(EVP_CIPHER_CTX *context, int length) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, length, NULL);
}
static inline int keyfront_gcm_get_tag(EVP_CIPHER_CTX *context, int length, unsigned char *tag) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, length, tag);
}
/* The tag is only read, although the parameter is not const. */
static inline int keyfront_gcm_set_tag(EVP_CIPHER_CTX *context, int length, const unsigned char *tag) {
    return EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, length, (void *)tag);
}

/* EVP_PKEY_base_id(3), renamed by a macro in OpenSSL 3. */
static inline int keyfront_pkey_is_rsa(const EVP_PKEY *key) {
    return EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
}

/* OPENSSL_free(3) adds file and line. */
static inline void keyfront_free(void *memory) { OPENSSL_free(memory); }

/* BIO_get_mem_data(3): a BIO_ctrl call behind a macro. */
static inline long keyfront_bio_memory(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }

/* PEM_read_bio_X509(3): whether it stopped because nothing more was there, and not because of a broken block. */
static inline int keyfront_pem_at_end(void) {
    unsigned long error = ERR_peek_last_error();
    return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

/* DEFINE_STACK_OF(3): the typed stacks are all macros. */
static inline STACK_OF(X509) *keyfront_x509_stack_new(void) { return sk_X509_new_null(); }
static inline int keyfront_x509_stack_push(STACK_OF(X509) *stack, X509 *certificate) { return sk_X509_push(stack, certificate); }
static inline int keyfront_x509_stack_count(const STACK_OF(X509) *stack) { return sk_X509_num(stack); }
static inline X509 *keyfront_x509_stack_at(const STACK_OF(X509) *stack, int index) { return sk_X509_value(stack, index); }
static inline void keyfront_x509_stack_free(STACK_OF(X509) *stack) { sk_X509_pop_free(stack, X509_free); }

#endif
