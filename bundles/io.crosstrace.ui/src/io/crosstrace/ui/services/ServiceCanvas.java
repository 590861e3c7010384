package io.crosstrace.ui.services;

import io.crosstrace.ide.services.GraphPicture;
import io.crosstrace.ide.services.ServiceGraph;
import io.crosstrace.ui.Paint;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.events.GestureEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/**
 * Shows a {@link GraphPicture}: whole until a person zooms. Mouse and keyboard choose a node; arrows go to the next one
 * in their direction; wheel, touchpad and keys zoom and pan. How it looks is {@link ServicePainter}'s. UI thread.
 */
public final class ServiceCanvas extends Canvas {
	private static final double ZOOM_STEP = 1.25;
	private static final float LEAST_SCALE = 0.04f;
	private static final float MOST_SCALE = 3;
	private static final int NEAR_PX = 6;

	private final ServicePainter painter;
	private GraphPicture picture = GraphPicture.EMPTY;
	private String chosen = "";
	private int hover = -1;
	private Consumer<ServiceGraph.Node> open = node -> { };
	private Consumer<ServiceGraph.Node> expand = node -> { };
	private Runnable find = () -> { };
	/** Whether the whole graph is to be seen, whatever its size. */
	private boolean whole = true;
	private float scale = 1;
	private float left;
	private float top;
	private Point dragStart;
	private float dragLeft;
	private float dragTop;
	private double magnified = 1;

	ServiceCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
		painter = new ServicePainter(this);
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.Resize, event -> resized());
		addListener(SWT.MouseMove, this::moved);
		addListener(SWT.MouseExit, event -> hover(-1));
		addListener(SWT.MouseDown, this::pressed);
		addListener(SWT.MouseUp, event -> dragStart = null);
		addListener(SWT.MouseDoubleClick, event -> open(nodeAt(event.x, event.y)));
		addListener(SWT.MouseVerticalWheel, this::wheel);
		addListener(SWT.MouseHorizontalWheel, event -> pan(event.count * 20, 0));
		addListener(SWT.KeyDown, this::key);
		addListener(SWT.FocusIn, event -> redraw());
		addListener(SWT.FocusOut, event -> redraw());
		addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
				|| event.detail == SWT.TRAVERSE_TAB_PREVIOUS || event.detail == SWT.TRAVERSE_ESCAPE);
		addGestureListener(this::gesture);
		makeAccessible();
	}

	private void paint(GC gc) {
		Point size = getSize();
		if (size.x == 0 || size.y == 0) {
			return;
		}
		Image image = Paint.image(this, size.x, size.y);
		GC into = new GC(image);
		try {
			into.setFont(getFont());
			painter.paint(into, picture, scale, left, top, hover, picture.node(chosen));
			gc.drawImage(image, 0, 0);
		} finally {
			into.dispose();
			image.dispose();
		}
	}

	/** Swaps the picture. What was chosen stays chosen by its name, or else by its service. */
	void show(GraphPicture newPicture) {
		ServiceGraph.Node before = chosenNode();
		picture = newPicture;
		if (before != null && picture.node(chosen) < 0) {
			chosen = picture.graph().nodes().stream().filter(node -> node.service().equals(before.service()))
					.map(ServiceGraph.Node::name).findFirst().orElse("");
		}
		hover = -1;
		if (whole) {
			fit();
		}
		redraw();
	}

	/** The picture shown. */
	public GraphPicture picture() {
		return picture;
	}

	/** @param listener is told the node to look at closely */
	void onOpen(Consumer<ServiceGraph.Node> listener) {
		open = listener;
	}

	/** @param listener is told the node to take apart, or to put together again */
	void onExpand(Consumer<ServiceGraph.Node> listener) {
		expand = listener;
	}

	/** @param listener hears that a person wants to look for a service */
	void onFind(Runnable listener) {
		find = listener;
	}

	void weigh(ServicePainter.Weight weight) {
		painter.weigh(weight);
		redraw();
	}

	/** The chosen node's name, or empty. */
	public String chosen() {
		return chosen;
	}

	/** The chosen node, or null. */
	ServiceGraph.Node chosenNode() {
		int node = picture.node(chosen);
		return node < 0 ? null : picture.graph().nodes().get(node);
	}

	/** How large the picture is drawn; 1 is its own size. */
	public float scale() {
		return scale;
	}

	/** Where a node's box is now, in this control's pixels; null if it is not in the picture. */
	public Rectangle bounds(String name) {
		int node = picture.node(name);
		return node < 0 ? null : new Rectangle(Math.round(left + picture.x(node) * scale),
				Math.round(top + picture.y(node) * scale), Math.round(GraphPicture.NODE_WIDTH * scale),
				Math.round(GraphPicture.NODE_HEIGHT * scale));
	}

	/** Shows the whole graph, and goes on doing so while it grows. */
	public void fit() {
		whole = true;
		Point size = getSize();
		scale = Math.max(LEAST_SCALE, picture.scale(Math.max(1, size.x), Math.max(1, size.y)));
		left = (size.x - picture.width() * scale) / 2;
		top = (size.y - picture.height() * scale) / 2;
		redraw();
	}

	/** @param factor above 1 to see less, larger; the point at x and y stays where it is */
	public void zoom(double factor, int x, int y) {
		float before = scale;
		scale = (float) Math.max(LEAST_SCALE, Math.min(MOST_SCALE, scale * factor));
		left = x - (x - left) * scale / before;
		top = y - (y - top) * scale / before;
		whole = false;
		redraw();
	}

	/** Moves the picture by pixels. */
	public void pan(int x, int y) {
		left += x;
		top += y;
		whole = false;
		redraw();
	}

	/** Chooses the next node whose name has these letters, and goes there; whether there is one. */
	boolean find(String letters, boolean next) {
		int from = picture.node(chosen);
		int node = letters.isEmpty() ? -1 : picture.find(letters, next || from < 0 ? from : from - 1);
		if (node >= 0) {
			choose(node);
			reveal(node);
		}
		return node >= 0;
	}

	private void reveal(int node) {
		if (scale < 0.7f) {
			zoom(1 / scale, getSize().x / 2, getSize().y / 2);
		}
		Rectangle box = bounds(picture.graph().nodes().get(node).name());
		if (!getClientArea().contains(box.x, box.y) || !getClientArea().contains(box.x + box.width,
				box.y + box.height)) {
			pan(getSize().x / 2 - box.x - box.width / 2, getSize().y / 2 - box.y - box.height / 2);
		}
	}

	private void resized() {
		if (whole) {
			fit();
		}
	}

	private int nodeAt(int x, int y) {
		return picture.nodeAt(Math.round((x - left) / scale), Math.round((y - top) / scale));
	}

	private void choose(int node) {
		chosen = node < 0 ? "" : picture.graph().nodes().get(node).name();
		getAccessible().setFocus(ACC.CHILDID_SELF);
		redraw();
	}

	private void open(int node) {
		if (node >= 0 && picture.graph().nodes().get(node).numbers().count() > 0) {
			open.accept(picture.graph().nodes().get(node));
		}
	}

	private void pressed(Event event) {
		setFocus();
		int node = nodeAt(event.x, event.y);
		choose(node);
		if (event.button == 1 && node < 0) {
			dragStart = new Point(event.x, event.y);
			dragLeft = left;
			dragTop = top;
		}
	}

	private void moved(Event event) {
		if (dragStart != null) {
			left = dragLeft + event.x - dragStart.x;
			top = dragTop + event.y - dragStart.y;
			whole = false;
			redraw();
			return;
		}
		int node = nodeAt(event.x, event.y);
		hover(node);
		String tip = node >= 0 ? GraphTexts.node(picture.graph(), picture.graph().nodes().get(node))
				: callTip(event.x, event.y);
		if (!Objects.equals(tip, getToolTipText())) {
			setToolTipText(tip);
		}
	}

	private void hover(int node) {
		if (node != hover) {
			hover = node;
			redraw();
		}
	}

	private String callTip(int px, int py) {
		float x = (px - left) / scale;
		float y = (py - top) / scale;
		float near = NEAR_PX / scale;
		ServiceGraph graph = picture.graph();
		for (int call = 0; call < graph.calls().size(); call++) {
			int[] line = picture.line(call);
			for (int i = 0; i + 3 < line.length; i += 2) {
				if (Math.min(line[i], line[i + 2]) - near > x || Math.max(line[i], line[i + 2]) + near < x
						|| Math.min(line[i + 1], line[i + 3]) - near > y
						|| Math.max(line[i + 1], line[i + 3]) + near < y) {
					continue;
				}
				for (float t = 0; t <= 1; t += 0.05f) { // the curve between two points, as it is painted
					float[] at = CurvedLine.at(line, i, t, picture.down());
					if (Math.abs(at[0] - x) < near && Math.abs(at[1] - y) < near) {
						return GraphTexts.call(graph, graph.calls().get(call));
					}
				}
			}
		}
		return null;
	}

	private void wheel(Event event) {
		event.doit = false;
		if ((event.stateMask & SWT.MOD1) != 0) {
			zoom(Math.pow(ZOOM_STEP, Math.signum(event.count)), event.x, event.y);
		} else if ((event.stateMask & SWT.SHIFT) != 0) {
			pan(event.count * 20, 0);
		} else {
			pan(0, event.count * 20);
		}
	}

	/** Two fingers that part or close zoom around the point between them. */
	private void gesture(GestureEvent event) {
		if (event.detail == SWT.GESTURE_BEGIN) {
			magnified = 1;
		} else if (event.detail == SWT.GESTURE_MAGNIFY && event.magnification > 0) {
			zoom(event.magnification / magnified, event.x, event.y);
			magnified = event.magnification;
		}
	}

	private void key(Event event) {
		int node = picture.node(chosen);
		int dx = event.keyCode == SWT.ARROW_RIGHT ? 1 : event.keyCode == SWT.ARROW_LEFT ? -1 : 0;
		int dy = event.keyCode == SWT.ARROW_DOWN ? 1 : event.keyCode == SWT.ARROW_UP ? -1 : 0;
		if ((dx != 0 || dy != 0) && (event.stateMask & SWT.SHIFT) != 0) {
			pan(-60 * dx, -60 * dy);
		} else if ((dx != 0 || dy != 0) && !picture.graph().nodes().isEmpty()) {
			int next = node < 0 ? 0 : picture.beside(node, dx, dy);
			choose(next);
			if (!whole) {
				reveal(next);
			}
		} else if (event.keyCode == SWT.CR || event.keyCode == SWT.KEYPAD_CR) {
			open(node);
		} else if (event.keyCode == SWT.KEYPAD_ADD || event.character == '+' || event.character == '=') {
			zoom(ZOOM_STEP, getSize().x / 2, getSize().y / 2);
		} else if (event.keyCode == SWT.KEYPAD_SUBTRACT || event.character == '-') {
			zoom(1 / ZOOM_STEP, getSize().x / 2, getSize().y / 2);
		} else if (event.character == '0') {
			fit();
		} else if (event.character == '/') {
			find.run();
		} else if (event.character == 'e' && node >= 0) {
			expand.accept(picture.graph().nodes().get(node));
		}
	}

	private void makeAccessible() {
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				ServiceGraph.Node node = chosenNode();
				event.result = node == null ? Messages.picture : GraphTexts.node(picture.graph(), node);
			}
		});
		getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
			@Override
			public void getRole(AccessibleControlEvent event) {
				event.detail = ACC.ROLE_GRAPHIC;
			}
		});
	}
}
