package io.crosstrace.ui.services;

import io.crosstrace.ide.services.GraphPicture;
import io.crosstrace.ide.services.ServiceGraph;
import io.crosstrace.ide.services.ServiceGraph.Numbers;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.Paint;
import io.crosstrace.ui.ServiceColours;
import io.crosstrace.ui.Theme;
import org.eclipse.jface.resource.FontDescriptor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Path;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;
import org.eclipse.swt.widgets.Canvas;

/**
 * How a {@link GraphPicture} looks. The smaller it is drawn, the less it says: numbers, then names alone, then
 * coloured boxes. UI thread; decides nothing.
 */
final class ServicePainter {
	/** What makes a line thick, and stands on it. */
	enum Weight {
		CALLS, LATENCY, ERRORS
	}

	private static final int CORNER = 8;
	/** Of messages: long enough to be seen on the thinnest line. */
	private static final int[] DASHES = { 7, 4 };
	private static final int STRIPE = 5;
	private static final int PAD = 12;
	/** Below it a box is all colour. */
	private static final float COLOURS_BELOW = 0.2f;

	private final Canvas canvas;
	private final Font bold;
	private Weight weight = Weight.CALLS;
	private GC gc;
	private Theme theme;
	private GraphPicture picture;
	private ServiceGraph graph;
	private boolean numbers;
	private long slowest;

	ServicePainter(Canvas canvas) {
		this.canvas = canvas;
		LocalResourceManager resources = new LocalResourceManager(JFaceResources.getResources(), canvas);
		bold = resources.create(FontDescriptor.createFrom(canvas.getFont()).setStyle(SWT.BOLD));
	}

	void weigh(Weight by) {
		weight = by;
	}

	void paint(GC newGc, GraphPicture newPicture, float scale, float left, float top, int hover, int chosen) {
		gc = newGc;
		theme = Theme.of(canvas);
		picture = newPicture;
		graph = picture.graph();
		numbers = scale >= GraphPicture.NUMBERS_FROM;
		slowest = Math.max(1, graph.calls().stream().filter(call -> !call.messages())
				.mapToLong(call -> call.numbers().p95Nanos()).max().orElse(1));
		gc.setBackground(theme.background());
		gc.fillRectangle(canvas.getClientArea());
		gc.setAntialias(SWT.ON);
		gc.setTextAntialias(SWT.ON);
		Point size = canvas.getSize();
		Rectangle seen = new Rectangle((int) Math.floor(-left / scale), (int) Math.floor(-top / scale),
				(int) Math.ceil(size.x / scale) + 1, (int) Math.ceil(size.y / scale) + 1);
		Transform transform = new Transform(gc.getDevice());
		transform.translate(left, top);
		transform.scale(scale, scale);
		gc.setTransform(transform);
		try {
			int focus = hover >= 0 ? hover : chosen;
			for (int call = 0; call < graph.calls().size(); call++) {
				ServiceGraph.Call edge = graph.calls().get(call);
				line(call, focus < 0 || edge.from() == focus || edge.to() == focus, seen);
			}
			for (int node = 0; node < graph.nodes().size(); node++) {
				if (seen.intersects(picture.x(node), picture.y(node), GraphPicture.NODE_WIDTH,
						GraphPicture.NODE_HEIGHT)) {
					box(node, node == hover, node == chosen, scale);
				}
			}
		} finally {
			gc.setTransform(null);
			transform.dispose();
		}
	}

	private static boolean isSeen(int[] line, Rectangle seen) {
		int x = Integer.MAX_VALUE;
		int y = Integer.MAX_VALUE;
		int right = Integer.MIN_VALUE;
		int bottom = Integer.MIN_VALUE;
		for (int i = 0; i < line.length; i += 2) {
			x = Math.min(x, line[i]);
			right = Math.max(right, line[i]);
			y = Math.min(y, line[i + 1]);
			bottom = Math.max(bottom, line[i + 1]);
		}
		return seen.intersects(x - 30, y - 30, right - x + 60, bottom - y + 60);
	}

	private void line(int call, boolean strong, Rectangle seen) {
		ServiceGraph.Call edge = graph.calls().get(call);
		int[] line = picture.line(call);
		if (!isSeen(line, seen)) {
			return;
		}
		boolean failed = edge.numbers().errors() > 0;
		Color color = failed ? theme.error() : strong ? theme.quiet() : theme.line();
		gc.setForeground(color);
		gc.setBackground(color);
		gc.setAlpha(strong ? 255 : 110);
		gc.setLineWidth(thickness(edge.numbers()));
		if (edge.messages()) {
			gc.setLineDash(DASHES);
		}
		if (edge.from() == edge.to()) {
			int x = picture.x(edge.from()) + GraphPicture.NODE_WIDTH - 24;
			gc.drawArc(x, picture.y(edge.from()) - 12, 18, 24, 0, 180);
		} else {
			Path path = CurvedLine.path(gc.getDevice(), line, picture.down());
			gc.drawPath(path);
			path.dispose();
			gc.setLineStyle(SWT.LINE_SOLID);
			arrow(line);
			if (numbers && line.length >= 4) {
				label(edge.numbers(), line, failed);
			}
		}
		gc.setLineStyle(SWT.LINE_SOLID);
		gc.setAlpha(255);
	}

	private int thickness(Numbers of) {
		double share = switch (weight) {
			case CALLS -> Math.log10(1 + graph.rate(of)) * 1.6;
			case LATENCY -> 5.0 * of.p95Nanos() / slowest;
			case ERRORS -> of.errors() == 0 ? 0 : 1 + 4 * of.errorRate();
		};
		return Math.clamp(Math.round(1 + share), 1, 6);
	}

	private void label(Numbers of, int[] line, boolean failed) {
		String text = switch (weight) {
			case CALLS -> Messages.bind(Messages.rate, GraphTexts.rate(graph.rate(of)));
			case LATENCY -> Durations.text(of.p95Nanos());
			case ERRORS -> of.errors() == 0 ? "" : GraphTexts.percent(of) + " %";
		};
		if (text.isEmpty()) {
			return;
		}
		float[] middle = CurvedLine.at(line, 0, 0.5f, picture.down());
		int width = Paint.width(gc, text);
		int height = gc.getFontMetrics().getHeight();
		gc.setAlpha(255);
		gc.setBackground(theme.background());
		gc.setForeground(failed ? theme.error() : theme.quiet());
		int x = Math.round(middle[0]) - width / 2;
		int y = Math.round(middle[1]) - height / 2;
		gc.fillRoundRectangle(x - 3, y, width + 6, height, 6, 6);
		gc.drawText(text, x, y, SWT.DRAW_TRANSPARENT);
	}

	private void arrow(int[] line) {
		int x = line[line.length - 2];
		int y = line[line.length - 1];
		boolean back = picture.down() ? line[1] > y : line[0] > x;
		int size = 7 * (back ? -1 : 1);
		gc.fillPolygon(picture.down() ? new int[] { x, y, x - 5, y - size, x + 5, y - size }
				: new int[] { x, y, x - size, y - 5, x - size, y + 5 });
	}

	private void box(int node, boolean hovered, boolean chosen, float scale) {
		ServiceGraph.Node it = graph.nodes().get(node);
		int x = picture.x(node);
		int y = picture.y(node);
		int w = GraphPicture.NODE_WIDTH;
		int h = GraphPicture.NODE_HEIGHT;
		gc.setBackground(theme.background());
		gc.fillRoundRectangle(x, y, w, h, CORNER, CORNER);
		gc.setBackground(chosen ? theme.selection() : hovered ? theme.hover() : theme.raised());
		gc.fillRoundRectangle(x, y, w, h, CORNER, CORNER);
		if (it.watched()) {
			// Drawn over, not clipped: under a transform GTK would clip all that follows to the damaged part, scaled.
			Color inside = gc.getBackground();
			int stripe = numbers ? STRIPE : scale < COLOURS_BELOW ? w : Math.round(STRIPE / scale);
			gc.setBackground(ServiceColours.of(it.service(), theme.dark()));
			gc.fillRoundRectangle(x, y, Math.min(w, stripe + CORNER), h, CORNER, CORNER);
			if (stripe + CORNER <= w) {
				gc.setBackground(inside);
				gc.fillRectangle(x + stripe, y, CORNER + 2, h); // with the soft edge of what it covers
			}
		}
		boolean failing = it.numbers().errors() > 0;
		gc.setForeground(chosen && canvas.isFocusControl() ? theme.accent()
				: failing && !numbers ? theme.error() : theme.quiet());
		gc.setLineWidth(chosen || failing && !numbers ? Math.max(2, Math.round(1.5f / scale)) : 1);
		gc.setAlpha(chosen || failing && !numbers ? 255 : 120);
		gc.setLineStyle(it.watched() ? SWT.LINE_SOLID : SWT.LINE_DASH);
		gc.drawRoundRectangle(x, y, w, h, CORNER, CORNER);
		gc.setLineStyle(SWT.LINE_SOLID);
		gc.setAlpha(255);
		if (numbers) {
			words(it, x + PAD + 2, y, w - PAD - 8);
		} else if (scale * gc.getFontMetrics().getHeight() >= 4) {
			gc.setForeground(theme.text());
			gc.setFont(bold);
			int height = gc.getFontMetrics().getHeight();
			Paint.text(gc, it.name(), x + PAD + 6, y + (h - height) / 2, w - PAD - 10);
			gc.setFont(canvas.getFont());
		}
	}

	private void words(ServiceGraph.Node node, int x, int y, int width) {
		int row = gc.getFontMetrics().getHeight();
		int top = y + (GraphPicture.NODE_HEIGHT - 3 * row) / 2;
		gc.setForeground(theme.text());
		gc.setFont(bold);
		Paint.text(gc, node.operation().isEmpty() ? node.service() : node.operation(), x, top, width);
		gc.setFont(canvas.getFont());
		Numbers of = node.numbers();
		if (of.count() == 0) {
			gc.setForeground(theme.quiet());
			Paint.text(gc, node.watched() ? Messages.onlyCalls : Messages.unwatched, x, top + row, width);
			return;
		}
		gc.setForeground(theme.text());
		String rate = Messages.bind(Messages.rate, GraphTexts.rate(graph.rate(of)));
		Paint.text(gc, rate + "  " + Messages.bind(Messages.p95, Durations.text(of.p95Nanos())), x, top + row, width);
		boolean failed = of.errors() > 0;
		gc.setForeground(failed ? theme.error() : theme.quiet());
		if (failed) {
			Paint.errorSign(gc, theme, x, top + 2 * row + (row - 11) / 2, 11);
			gc.setForeground(theme.error());
		}
		Paint.text(gc, failed ? Messages.bind(Messages.errors, GraphTexts.percent(of)) : Messages.noErrors,
				failed ? x + 15 : x, top + 2 * row, width);
	}
}
