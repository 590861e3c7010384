/** Tests of HTTP/2; the bytes are Netty's. */
package io.crosstrace.core.protocol.http2;
