// The one header through which Swift sees libcurl. libcurl's setters and getters are variadic,
// which Swift cannot call; each inline function below fixes one argument type, so a wrong type is
// a compile error here and not undefined behaviour there.
#ifndef KEYFRONT_CCURL_SHIM_H
#define KEYFRONT_CCURL_SHIM_H

#include <curl/curl.h>

static inline CURLcode keyfront_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyfront_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyfront_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyfront_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

// The length comes from CURLOPT_POSTFIELDSIZE_LARGE, set before. NULL would mean "read by callback".
static inline CURLcode keyfront_curl_set_body(CURL *handle, const void *value) {
    return curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, value ? value : "");
}

static inline CURLcode keyfront_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyfront_curl_set_transfer(
    CURL *handle, CURLoption option, size_t (*value)(char *, size_t, size_t, void *)) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode keyfront_curl_set_progress(
    CURL *handle, int (*value)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t)) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}

static inline CURLcode keyfront_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

// Macros with a suffix that Swift does not import.
static inline CURLcode keyfront_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
static inline size_t keyfront_curl_abort_read(void) { return CURL_READFUNC_ABORT; }

#endif
