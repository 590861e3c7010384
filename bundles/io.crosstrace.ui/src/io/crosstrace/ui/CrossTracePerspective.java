package io.crosstrace.ui;

import org.eclipse.ui.IFolderLayout;
import org.eclipse.ui.IPageLayout;
import org.eclipse.ui.IPerspectiveFactory;

/**
 * The source stays in the middle; traces on its left lead to the chosen one below it, and the numbers stand
 * on its right. The layout a user changes is kept by the workbench; this is only the first one.
 */
public final class CrossTracePerspective implements IPerspectiveFactory {
	public static final String ID = "io.crosstrace.ui.perspective";

	private static final String PACKAGES = "org.eclipse.jdt.ui.PackageExplorer";

	@Override
	public void createInitialLayout(IPageLayout layout) {
		String editor = layout.getEditorArea();
		IFolderLayout left = layout.createFolder("left", IPageLayout.LEFT, 0.34f, editor);
		left.addView(ViewIds.TRACES);
		left.addView(PACKAGES);
		IFolderLayout bottom = layout.createFolder("bottom", IPageLayout.BOTTOM, 0.5f, editor);
		bottom.addView(ViewIds.TIMELINE);
		bottom.addView(ViewIds.COMPARE);
		bottom.addPlaceholder(IPageLayout.ID_PROBLEM_VIEW);
		bottom.addPlaceholder("org.eclipse.ui.console.ConsoleView");
		bottom.addPlaceholder("org.eclipse.search.ui.views.SearchView");
		IFolderLayout right = layout.createFolder("right", IPageLayout.RIGHT, 0.52f, editor);
		right.addView(ViewIds.SERVICES);
		right.addView(ViewIds.LATENCY);
		right.addView(ViewIds.SPAN);
		layout.createFolder("leftBottom", IPageLayout.BOTTOM, 0.68f, "left").addView(ViewIds.AGENTS);
		for (String view : ViewIds.ALL) {
			layout.addShowViewShortcut(view);
		}
		layout.addShowViewShortcut(PACKAGES);
		layout.addPerspectiveShortcut("org.eclipse.jdt.ui.JavaPerspective");
		layout.addPerspectiveShortcut("org.eclipse.debug.ui.DebugPerspective");
		layout.addActionSet("org.eclipse.jdt.ui.JavaActionSet");
		layout.addActionSet("org.eclipse.debug.ui.launchActionSet");
		layout.addActionSet(IPageLayout.ID_NAVIGATE_ACTION_SET);
	}
}
