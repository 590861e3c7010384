package io.crosstrace.ui;

import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ResourceLocator;

/** The plug-in's own icons. Any thread. */
public final class Icons {
	private Icons() {
	}

	/** The drawing {@code icons/name.svg}; null if there is none, which JFace shows as no icon. */
	public static ImageDescriptor descriptor(String name) {
		return ResourceLocator.imageDescriptorFromBundle("io.crosstrace.ui", "icons/" + name + ".svg").orElse(null);
	}
}
