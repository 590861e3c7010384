package io.crosstrace.ui;

import java.util.HashMap;
import java.util.Map;
import org.eclipse.swt.graphics.Color;

/**
 * A colour for each service, the same in every view and as long as the IDE runs. The first services seen get
 * different colours; beyond {@value #COUNT} they repeat. Red is left to errors. Any thread.
 */
public final class ServiceColours {
	private static final int COUNT = 12;
	private static final int[] LIGHT = { 0x3B78D8, 0x1E9688, 0xD98E04, 0x8A5CC7, 0x4E9A3A, 0xC2559D, 0x2596BE,
			0xA26B45, 0x5A63C2, 0x8B9423, 0x5F7A92, 0xB8693D };
	private static final int[] DARK = { 0x6EA1F2, 0x45C1B2, 0xF0B44A, 0xB695EE, 0x85CB70, 0xE78BC6, 0x66C5EA,
			0xD3A27D, 0x969FF0, 0xBCC653, 0x9BB2C7, 0xE69C72 };
	private static final Map<String, Integer> PLACES = new HashMap<>();

	private ServiceColours() {
	}

	/** The colour for a look. */
	public static Color of(String service, boolean dark) {
		int rgb = (dark ? DARK : LIGHT)[place(service)];
		return new Color(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
	}

	/** A name's hash decides, so that a service keeps its colour over restarts, unless another has it. */
	private static synchronized int place(String service) {
		return PLACES.computeIfAbsent(service, name -> {
			int first = Math.floorMod(name.hashCode() * 0x9E3779B9 >>> 8, COUNT);
			for (int i = 0; i < COUNT && PLACES.size() < COUNT; i++) {
				int place = (first + i) % COUNT;
				if (!PLACES.containsValue(place)) {
					return place;
				}
			}
			return first;
		});
	}
}
