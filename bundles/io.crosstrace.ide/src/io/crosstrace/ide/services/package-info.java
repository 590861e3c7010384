/**
 * Who calls whom: {@link io.crosstrace.ide.services.ServiceGraph} gathers the numbers from traces,
 * {@link io.crosstrace.ide.services.LayeredLayout} says where to draw what. Knows no display.
 */
package io.crosstrace.ide.services;
