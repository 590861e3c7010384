/** The Services view, with {@link io.crosstrace.ui.services.ServicesView} as its main class. */
package io.crosstrace.ui.services;
