/* libcurl: HTTPS and SMTP. Variadic calls get typed wrappers. */
#include <curl/curl.h>
