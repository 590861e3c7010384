/**
 * Who calls whom: {@link io.crosstrace.ui.services.ServicesView} as a picture or a table. Numbers and places come
 * from io.crosstrace.ide.services.
 */
package io.crosstrace.ui.services;
