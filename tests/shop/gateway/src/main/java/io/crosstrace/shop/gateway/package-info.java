/**
 * The shop's front door: Spring WebFlux on Netty, everything on event loops. Main class:
 * {@link io.crosstrace.shop.gateway.Gateway}.
 */
package io.crosstrace.shop.gateway;
