package io.crosstrace.ide.tests.span;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.crosstrace.ide.span.AttributeGroups;
import io.crosstrace.ide.span.AttributeGroups.Attribute;
import io.crosstrace.ide.span.AttributeGroups.Group;
import io.crosstrace.ide.tests.timeline.Drawn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributeGroupsTest {
	@Test
	void attributes_areGroupedByWhatTheyAreAboutAndSorted() {
		Drawn drawn = new Drawn();
		drawn.serve(0, "shop", "GET /", 0, 10);
		drawn.attribute("url.path", "/");
		drawn.attribute("http.request.method", "GET");
		drawn.attribute("server.port", "80");
		drawn.attribute("tenant", "7");
		drawn.attribute("resource:service.version", "1.2");
		drawn.attribute("otlp:kind", "3");
		drawn.attribute("otlp:rest", "{}");
		Map<Group, List<Attribute>> groups = AttributeGroups.of(drawn.spans, 0);
		assertEquals(List.of(new Attribute("http.request.method", "GET"), new Attribute("url.path", "/")),
				groups.get(Group.HTTP));
		assertEquals(List.of(Group.HTTP, Group.NETWORK, Group.OTHER, Group.RESOURCE), List.copyOf(groups.keySet()));
		assertEquals(List.of(new Attribute("otlp:rest", "{}"), new Attribute("tenant", "7")), groups.get(Group.OTHER));
		assertEquals(List.of(new Attribute("service.version", "1.2")), groups.get(Group.RESOURCE));
	}
}
