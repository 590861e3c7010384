/**
 * Customers of the shop, as many at once as one likes. Main class: {@link io.crosstrace.shop.load.Load}. Brings its
 * own small HTTP client, so that the load costs little beside the services it loads.
 */
package io.crosstrace.shop.load;
