/**
 * The shop's warehouse: JAX-RS (Jersey) on Grizzly, a leaf that calls nobody. Main class:
 * {@link io.crosstrace.shop.stock.Stock}.
 */
package io.crosstrace.shop.stock;
