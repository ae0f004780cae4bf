// The one header through which Swift sees libpq, the client library of PostgreSQL.
#ifndef KEYFRONT_CPOSTGRESQL_SHIM_H
#define KEYFRONT_CPOSTGRESQL_SHIM_H

#include <postgresql/libpq-fe.h>

// PG_DIAG_… (https://www.postgresql.org/docs/15/libpq-exec.html#LIBPQ-PQRESULTERRORFIELD) are characters, which Swift
// imports as such; the function wants an int.
static inline const char *keyfront_pq_sqlstate(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_SQLSTATE); }
static inline const char *keyfront_pq_message(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY); }
static inline const char *keyfront_pq_constraint(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME); }
static inline const char *keyfront_pq_table(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_TABLE_NAME); }
static inline const char *keyfront_pq_column(const PGresult *result) { return PQresultErrorField(result, PG_DIAG_COLUMN_NAME); }

// libpq prints the server's notices to standard error unless somebody takes them.
static inline void keyfront_pq_ignore(void *context, const char *message) { (void)context; (void)message; }
static inline void keyfront_pq_silence(PGconn *connection) { PQsetNoticeProcessor(connection, keyfront_pq_ignore, NULL); }

#endif
