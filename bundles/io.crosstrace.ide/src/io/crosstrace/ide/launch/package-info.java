/**
 * Programs launched here, traced: {@link io.crosstrace.ide.launch.LaunchTracing} names their processes to an agent of this
 * host, {@link io.crosstrace.ide.launch.LocalAgent} finds or starts one. Nothing of the program or its options is
 * changed. May not know windows.
 */
package io.crosstrace.ide.launch;
