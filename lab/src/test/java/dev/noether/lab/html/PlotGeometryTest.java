package dev.noether.lab.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The marks of charts lie where their values are. */
final class PlotGeometryTest {
    /** The drawing area of a chart of 500 by 200. */
    private static final double LEFT = 62;

    private static final double RIGHT = 500 - 12;
    private static final double TOP = 16;
    private static final double BOTTOM = 200 - 40;

    private static Plot plot() {
        return new Plot("title", Axis.linear("x", 0, 10), Axis.linear("y", 0, 4), 500, 200);
    }

    @Test
    void aLineGoesThroughItsPoints() throws Exception {
        String path = only(plot().line("a", new double[] {0, 5, 10}, new double[] {0, 4, 2}), "path", "line")
                .getAttribute("d");
        assertThat(path)
                .isEqualTo("M%s %sL%s %sL%s %s"
                        .formatted("62", "160", Markup.coordinate((LEFT + RIGHT) / 2), "16", "488", "88"));
    }

    @Test
    void aBandIsClosedByItsLowerLine() throws Exception {
        Element band = only(
                plot().band("a", new double[] {0, 10}, new double[] {1, 1}, new double[] {3, 2}), "polygon", "band");
        assertThat(band.getAttribute("points")).isEqualTo("62 52 488 88 488 124 62 124");
    }

    @Test
    void aShadeCoversTheWholeHeightOfItsRange() throws Exception {
        Element shade = only(plot().shade("event", 5, 10, "tip"), "rect", "shade");
        assertThat(number(shade, "x")).isCloseTo((LEFT + RIGHT) / 2, within(0.05));
        assertThat(number(shade, "width")).isCloseTo((RIGHT - LEFT) / 2, within(0.05));
        assertThat(number(shade, "y")).isEqualTo(TOP);
        assertThat(number(shade, "height")).isEqualTo(BOTTOM - TOP);
        assertThat(shade.getTextContent()).isEqualTo("tip");
    }

    @Test
    void aShortRangeIsAtLeastOnePixelWide() throws Exception {
        Element strip = only(plot().strip("incident", 3, 3.0001, "tip"), "rect", "strip");
        assertThat(number(strip, "width")).isEqualTo(1);
        assertThat(number(strip, "y") + number(strip, "height"))
                .as("above the drawing area")
                .isLessThan(TOP);
    }

    @Test
    void aPointThatIsNotFiniteIsLeftOut() throws Exception {
        Plot plot = plot().points(
                        "a",
                        new double[] {1, 2, Double.NaN},
                        new double[] {1, Double.NaN, 1},
                        List.of("one", "two", "three"));
        Element point = only(plot, "circle", "point");
        assertThat(point.getTextContent()).isEqualTo("one");
        assertThat(number(point, "cy")).isEqualTo(124);
    }

    @Test
    void anIntervalIsUpright() throws Exception {
        Element interval = only(plot().interval("a", 10, 1, 3), "path", "whisker");
        assertThat(interval.getAttribute("d")).isEqualTo("M488 124L488 52");
    }

    @Test
    void theLegendNamesEachLayerOnce() throws Exception {
        Plot plot = plot().line("a", new double[] {0}, new double[] {0})
                .band("a", new double[] {0}, new double[] {0}, new double[] {1})
                .reference("b", new double[] {0}, new double[] {0})
                .shade("c", 0, 1, "")
                .shade("c", 2, 3, "");
        assertThat(elements(plot, "span").stream()
                        .filter(span -> span.getAttribute("class").equals("entry"))
                        .map(Element::getTextContent))
                .containsExactly("a", "b", "c");
    }

    @Test
    void anIntervalChartPlacesEstimatesAroundZero() throws Exception {
        IntervalChart chart = new IntervalChart(
                "difference",
                10,
                List.of(new IntervalChart.Group(
                        "method",
                        List.of(
                                new IntervalChart.Estimate("gain", -5, -8, -2),
                                new IntervalChart.Estimate("none", 0, -1, 1),
                                new IntervalChart.Estimate("beyond", 30, 5, 50)))));
        List<Element> dots = elements(chart, "circle");
        // 860 wide, 250 of them for names and 20 at the right: zero lies at 250 + 590 / 2.
        assertThat(number(dots.get(0), "cx")).isCloseTo(250 + 590 * 0.25, within(0.05));
        assertThat(number(dots.get(1), "cx")).isCloseTo(545, within(0.05));
        assertThat(number(dots.get(2), "cx")).as("at the end of the axis").isEqualTo(840);
        assertThat(dots)
                .extracting(dot -> dot.getAttribute("class"))
                .containsExactly("dot good", "dot faint", "dot bad");
        assertThat(number(dots.get(1), "cy")).isGreaterThan(number(dots.get(0), "cy"));
    }

    @Test
    void aHeatMapIsDarkestWhereTheValueIsLargest() throws Exception {
        HeatMap map =
                new HeatMap("map", List.of("r1", "r2"), List.of("c1", "c2"), new double[][] {{0, 1}, {Double.NaN, 4}});
        List<Element> cells = elements(map, "rect");
        assertThat(cells).as("a value that is not finite has no cell").hasSize(3);
        assertThat(cells).extracting(cell -> cell.getAttribute("fill-opacity")).containsExactly("0", "0.25", "1");
        assertThat(number(cells.get(2), "x")).isEqualTo(number(cells.get(1), "x"));
        assertThat(number(cells.get(2), "y")).isGreaterThan(number(cells.get(1), "y"));
        assertThat(cells.get(2).getTextContent()).isEqualTo("r2 c2: 4");
    }

    private static Element only(PageElement chart, String tag, String style) throws Exception {
        List<Element> found = elements(chart, tag).stream()
                .filter(element ->
                        List.of(element.getAttribute("class").split(" ")).contains(style))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<Element> elements(PageElement chart, String tag) throws Exception {
        NodeList nodes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(chart.html().getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }
}
