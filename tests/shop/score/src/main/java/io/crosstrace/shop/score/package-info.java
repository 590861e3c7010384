/**
 * Tells how right the parents are that CrossTrace gave to the shop's spans, by the ids in their paths. Main class:
 * {@link io.crosstrace.shop.score.Score}. Reads what the agent has written; nothing of CrossTrace may use it.
 */
package io.crosstrace.shop.score;
