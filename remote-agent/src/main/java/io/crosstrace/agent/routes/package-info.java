/**
 * Routes as the services' sources write them, told by IDEs: {@link io.crosstrace.agent.routes.RouteTable} names spans
 * by them. May not know sockets nor kernels.
 */
package io.crosstrace.agent.routes;
