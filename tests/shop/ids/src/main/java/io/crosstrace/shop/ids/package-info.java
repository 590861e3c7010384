/**
 * The ids in the paths of the shop's requests, from which the truth about every span can be read. Main class:
 * {@link io.crosstrace.shop.ids.CallId}. Knows no framework and nothing of CrossTrace.
 */
package io.crosstrace.shop.ids;
