package io.crosstrace.ui.services;

import io.crosstrace.ide.services.ServiceGraph;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.Paint;
import io.crosstrace.ui.ServiceColours;
import io.crosstrace.ui.Theme;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Path;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;

/**
 * Paints one graph of services, shrunk to fit. Mouse and keyboard choose a node; arrows go to the next one in
 * their direction. UI thread.
 */
public final class ServiceCanvas extends Canvas {
	private static final int CORNER = 8;
	private static final int STRIPE = 5;
	private static final int PAD = 12;
	private static final float LEAST_SCALE = 0.45f;

	private final Font bold;
	private GraphPicture picture = GraphPicture.EMPTY;
	private ServiceGraph graph = ServiceGraph.EMPTY;
	private String chosen = "";
	private int hover = -1;
	private Consumer<String> open = service -> { };

	ServiceCanvas(Composite parent) {
		super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_BACKGROUND);
		LocalResourceManager resources = new LocalResourceManager(JFaceResources.getResources(), this);
		bold = resources.create(FontDescriptor.createFrom(getFont()).setStyle(SWT.BOLD));
		addPaintListener(event -> paint(event.gc));
		addListener(SWT.Resize, event -> show(graph));
		addListener(SWT.MouseMove, this::moved);
		addListener(SWT.MouseExit, event -> hover(-1));
		addListener(SWT.MouseDown, event -> {
			setFocus();
			choose(nodeAt(event.x, event.y));
		});
		addListener(SWT.MouseDoubleClick, event -> open(nodeAt(event.x, event.y)));
		addListener(SWT.KeyDown, this::key);
		addListener(SWT.FocusIn, event -> redraw());
		addListener(SWT.FocusOut, event -> redraw());
		addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
				|| event.detail == SWT.TRAVERSE_TAB_PREVIOUS || event.detail == SWT.TRAVERSE_ESCAPE);
		makeAccessible();
	}

	/** Swaps the graph; what was chosen stays chosen by its name. */
	void show(ServiceGraph newGraph) {
		graph = newGraph;
		Point size = getSize();
		picture = GraphPicture.of(graph, Math.max(1, size.x), Math.max(1, size.y));
		hover = -1;
		redraw();
	}

	/** @param listener is told the service to look at closely */
	void onOpen(Consumer<String> listener) {
		open = listener;
	}

	/** The chosen service's name, or empty. */
	public String chosen() {
		return chosen;
	}

	/** Where a service's box is now, in this control's pixels; null if it is not in the picture. */
	public Rectangle bounds(String service) {
		int node = picture.node(service);
		if (node < 0) {
			return null;
		}
		float scale = scale();
		Point origin = origin();
		return new Rectangle(origin.x + Math.round(picture.x(node) * scale),
				origin.y + Math.round(picture.y(node) * scale), Math.round(GraphPicture.NODE_WIDTH * scale),
				Math.round(GraphPicture.NODE_HEIGHT * scale));
	}

	private float scale() {
		return Math.max(LEAST_SCALE, picture.scale(getSize().x, getSize().y));
	}

	private Point origin() {
		return new Point(Math.max(0, Math.round((getSize().x - picture.width() * scale()) / 2)),
				Math.max(0, Math.round((getSize().y - picture.height() * scale()) / 2)));
	}

	private int nodeAt(int x, int y) {
		return picture.nodeAt(Math.round((x - origin().x) / scale()), Math.round((y - origin().y) / scale()));
	}

	private void choose(int node) {
		chosen = node < 0 ? "" : graph.nodes().get(node).name();
		getAccessible().setFocus(ACC.CHILDID_SELF);
		redraw();
	}

	private void open(int node) {
		if (node >= 0 && graph.nodes().get(node).numbers().count() > 0) {
			open.accept(graph.nodes().get(node).name());
		}
	}

	private void moved(Event event) {
		int node = nodeAt(event.x, event.y);
		hover(node);
		String tip = node >= 0 ? GraphTexts.node(graph, graph.nodes().get(node)) : callTip(event.x, event.y);
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
		float x = (px - origin().x) / scale();
		float y = (py - origin().y) / scale();
		for (int call = 0; call < graph.calls().size(); call++) {
			int[] line = picture.line(call);
			for (int i = 0; i + 3 < line.length; i += 2) {
				for (float t = 0; t <= 1; t += 0.05f) { // the curve between two points, as it is painted
					float[] at = CurvedLine.at(line, i, t, picture.down);
					if (Math.abs(at[0] - x) < 6 && Math.abs(at[1] - y) < 6) {
						return GraphTexts.call(graph, graph.calls().get(call));
					}
				}
			}
		}
		return null;
	}

	private void key(Event event) {
		int node = picture.node(chosen);
		if (event.keyCode == SWT.CR || event.keyCode == SWT.KEYPAD_CR) {
			open(node);
			return;
		}
		int dx = event.keyCode == SWT.ARROW_RIGHT ? 1 : event.keyCode == SWT.ARROW_LEFT ? -1 : 0;
		int dy = event.keyCode == SWT.ARROW_DOWN ? 1 : event.keyCode == SWT.ARROW_UP ? -1 : 0;
		if ((dx != 0 || dy != 0) && !graph.nodes().isEmpty()) {
			choose(node < 0 ? 0 : picture.beside(node, dx, dy));
		}
	}

	private void paint(GC gc) {
		Theme theme = Theme.of(this);
		gc.setBackground(theme.background());
		gc.fillRectangle(getClientArea());
		gc.setAntialias(SWT.ON);
		gc.setTextAntialias(SWT.ON);
		Transform transform = new Transform(gc.getDevice());
		transform.translate(origin().x, origin().y);
		transform.scale(scale(), scale());
		gc.setTransform(transform);
		try {
			int focus = hover >= 0 ? hover : picture.node(chosen);
			for (int call = 0; call < graph.calls().size(); call++) {
				ServiceGraph.Call edge = graph.calls().get(call);
				line(gc, theme, call, focus < 0 || edge.from() == focus || edge.to() == focus);
			}
			for (int node = 0; node < graph.nodes().size(); node++) {
				box(gc, theme, node);
			}
		} finally {
			gc.setTransform(null);
			transform.dispose();
		}
	}

	private void line(GC gc, Theme theme, int call, boolean strong) {
		ServiceGraph.Call edge = graph.calls().get(call);
		boolean failed = edge.numbers().errors() > 0;
		Color color = failed ? theme.error() : strong ? theme.quiet() : theme.line();
		gc.setForeground(color);
		gc.setBackground(color);
		gc.setAlpha(strong ? 255 : 110);
		gc.setLineWidth(Math.clamp(Math.round(1 + Math.log10(1 + graph.rate(edge.numbers())) * 1.6), 1, 6));
		int[] line = picture.line(call);
		if (edge.from() == edge.to()) {
			int x = picture.x(edge.from()) + GraphPicture.NODE_WIDTH - 24;
			gc.drawArc(x, picture.y(edge.from()) - 12, 18, 24, 0, 180);
		} else {
			Path path = CurvedLine.path(gc.getDevice(), line, picture.down);
			gc.drawPath(path);
			path.dispose();
			arrow(gc, line);
			if (line.length >= 4) {
				String rate = Messages.bind(Messages.rate, GraphTexts.rate(graph.rate(edge.numbers())));
				float[] middle = CurvedLine.at(line, 0, 0.5f, picture.down);
				Point extent = gc.textExtent(rate);
				gc.setAlpha(255);
				gc.setBackground(theme.background());
				gc.setForeground(failed ? theme.error() : theme.quiet());
				int x = Math.round(middle[0]) - extent.x / 2;
				int y = Math.round(middle[1]) - extent.y / 2;
				gc.fillRoundRectangle(x - 3, y, extent.x + 6, extent.y, 6, 6);
				gc.drawText(rate, x, y, SWT.DRAW_TRANSPARENT);
			}
		}
		gc.setAlpha(255);
	}

	private void arrow(GC gc, int[] line) {
		int x = line[line.length - 2];
		int y = line[line.length - 1];
		boolean back = picture.down ? line[1] > y : line[0] > x;
		int size = 7 * (back ? -1 : 1);
		gc.fillPolygon(picture.down ? new int[] { x, y, x - 5, y - size, x + 5, y - size }
				: new int[] { x, y, x - size, y - 5, x - size, y + 5 });
	}

	private void box(GC gc, Theme theme, int node) {
		ServiceGraph.Node it = graph.nodes().get(node);
		int x = picture.x(node);
		int y = picture.y(node);
		int w = GraphPicture.NODE_WIDTH;
		int h = GraphPicture.NODE_HEIGHT;
		boolean isChosen = it.name().equals(chosen);
		gc.setBackground(theme.background());
		gc.fillRoundRectangle(x, y, w, h, CORNER, CORNER);
		gc.setBackground(isChosen ? theme.selection() : node == hover ? theme.hover() : theme.raised());
		gc.fillRoundRectangle(x, y, w, h, CORNER, CORNER);
		if (it.watched()) {
			gc.setBackground(ServiceColours.of(it.name(), theme.dark()));
			gc.setClipping(x, y, STRIPE, h);
			gc.fillRoundRectangle(x, y, w, h, CORNER, CORNER);
			gc.setClipping((Rectangle) null);
		}
		gc.setForeground(isChosen && isFocusControl() ? theme.accent() : theme.quiet());
		gc.setLineWidth(isChosen ? 2 : 1);
		gc.setAlpha(isChosen ? 255 : 120);
		gc.setLineStyle(it.watched() ? SWT.LINE_SOLID : SWT.LINE_DASH);
		gc.drawRoundRectangle(x, y, w, h, CORNER, CORNER);
		gc.setLineStyle(SWT.LINE_SOLID);
		gc.setAlpha(255);
		words(gc, theme, it, x + PAD + 2, y, w - PAD - 8);
	}

	private void words(GC gc, Theme theme, ServiceGraph.Node node, int x, int y, int width) {
		int row = gc.getFontMetrics().getHeight();
		int top = y + (GraphPicture.NODE_HEIGHT - 3 * row) / 2;
		gc.setForeground(theme.text());
		gc.setFont(bold);
		Paint.text(gc, node.name(), x, top, width);
		gc.setFont(getFont());
		ServiceGraph.Numbers numbers = node.numbers();
		if (numbers.count() == 0) {
			gc.setForeground(theme.quiet());
			Paint.text(gc, node.watched() ? Messages.onlyCalls : Messages.unwatched, x, top + row, width);
			return;
		}
		gc.setForeground(theme.text());
		String rate = Messages.bind(Messages.rate, GraphTexts.rate(graph.rate(numbers)));
		Paint.text(gc, rate + "  " + Messages.bind(Messages.p95, Durations.text(numbers.p95Nanos())), x, top + row,
				width);
		boolean failed = numbers.errors() > 0;
		gc.setForeground(failed ? theme.error() : theme.quiet());
		if (failed) {
			Paint.errorSign(gc, theme, x, top + 2 * row + (row - 11) / 2, 11);
			gc.setForeground(theme.error());
		}
		Paint.text(gc, failed ? Messages.bind(Messages.errors, GraphTexts.percent(numbers)) : Messages.noErrors,
				failed ? x + 15 : x, top + 2 * row, width);
	}

	private void makeAccessible() {
		getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				int node = picture.node(chosen);
				event.result = node < 0 ? Messages.picture : GraphTexts.node(graph, graph.nodes().get(node));
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
