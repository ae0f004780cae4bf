/* CommonMark, the reference implementation. */
#include <cmark.h>
