/**
 * Turns baskets into orders: Spring MVC on Tomcat, whose threads hand every order to a pool of their own. Main class:
 * {@link io.crosstrace.shop.orders.Orders}.
 */
package io.crosstrace.shop.orders;
