/**
 * Remote calls that are not HTTP: {@link io.crosstrace.core.protocol.rpc.Dubbo} and
 * {@link io.crosstrace.core.protocol.rpc.Thrift}. Tells which method was called and how it ended, never arguments.
 */
package io.crosstrace.core.protocol.rpc;
