/**
 * What things cost: Spring MVC on Jetty, each request and each call in a virtual thread of its own. Main class:
 * {@link io.crosstrace.shop.pricing.Pricing}.
 */
package io.crosstrace.shop.pricing;
