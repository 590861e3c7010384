/**
 * What is known of one span, in groups: {@link io.crosstrace.ide.span.AttributeGroups}. Knows spans and no widget.
 */
package io.crosstrace.ide.span;
