/**
 * Starts the shop's services as processes of their own and ends them again. Main class:
 * {@link io.crosstrace.shop.run.Shop}; tests use {@link io.crosstrace.shop.run.Services}. Knows the services by their
 * jars and their environment only.
 */
package io.crosstrace.shop.run;
