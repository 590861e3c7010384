/**
 * What agents send, kept and shared: {@link io.crosstrace.ide.session.Session} connects agents, collects their spans
 * in a {@link io.crosstrace.ide.session.SessionStore} and publishes immutable snapshots; views share one
 * {@link io.crosstrace.ide.session.SelectionModel}. Knows no widgets and no EMF.
 */
package io.crosstrace.ide.session;
