/* libqrencode. */
#include <qrencode.h>
