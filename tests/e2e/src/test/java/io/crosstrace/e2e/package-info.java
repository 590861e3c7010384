/**
 * The whole road, from real requests in the sample shop to a score of what the agent made of them. Every part is a
 * process of its own, started as a user would. Main class: {@link io.crosstrace.e2e.ShopUnderAgentTest}.
 */
package io.crosstrace.e2e;
