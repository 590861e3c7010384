/**
 * From a span to the line of Java that served or sent it. {@link io.crosstrace.ide.source.EndpointIndex}
 * keeps what the workspace's sources declare (read by {@link io.crosstrace.ide.source.FactsReader} from syntax
 * trees without bindings, so missing libraries do not matter), {@link io.crosstrace.ide.source.SourceLinker}
 * answers. May not know SWT, JFace or the workbench.
 */
package io.crosstrace.ide.source;
