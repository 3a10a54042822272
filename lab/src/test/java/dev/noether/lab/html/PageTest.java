package dev.noether.lab.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class PageTest {
    @Test
    void textMeansItself() throws Exception {
        String html = new Page("a < b & \"c\"")
                .paragraph("<script>")
                .add(new Table(List.of("x", "y")).row("<b>", List.of("&")))
                .add(new Plot("<i>", Axis.linear("<u>", 0, 1), Axis.linear("y", 0, 1))
                        .shade("<s>", 0, 1, "'tip'")
                        .line("l", new double[] {0, 1}, new double[] {1, 0}))
                .html();
        assertThat(html).contains("<title>a &lt; b &amp; &quot;c&quot;</title>", "&lt;script&gt;", "&#39;tip&#39;");
        assertThat(html).doesNotContain("<script>", "<i>", "<u>", "<s>");
    }

    @Test
    void aPageNeedsNothingFromElsewhere() {
        String html = new Page("page").add(plot()).html();
        assertThat(html).doesNotContain("http", "src=", "url(", "@import", "<script");
        assertThat(html).contains("prefers-color-scheme:dark");
    }

    @Test
    void picturesAreWellFormedAndLieWithinTheirFrame() throws Exception {
        String html = plot().html()
                + new HeatMap("heat", List.of("a"), List.of("b", "c"), new double[][] {{1, Double.NaN}}).html();
        Matcher pictures = Pattern.compile("<figure.*?</figure>").matcher(html);
        int found = 0;
        while (pictures.find()) {
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(pictures.group())));
            assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(1);
            found++;
        }
        assertThat(found).isEqualTo(2);
        Matcher points = Pattern.compile("[ML](-?[0-9.]+) (-?[0-9.]+)").matcher(html);
        while (points.find()) {
            assertThat(Double.parseDouble(points.group(1))).isBetween(0.0, 860.0);
            assertThat(Double.parseDouble(points.group(2))).isBetween(0.0, 240.0);
        }
    }

    @Test
    void intervalsAreColouredByTheSideOfZero() {
        String html = new IntervalChart(
                        "difference <%>",
                        10,
                        List.of(new IntervalChart.Group(
                                "a & b",
                                List.of(
                                        new IntervalChart.Estimate("gain", -2, -3, -1),
                                        new IntervalChart.Estimate("loss", 2, 1, 300),
                                        new IntervalChart.Estimate("neither", 1, -1, 3)))))
                .html();
        assertThat(html)
                .contains("dot good", "dot bad", "dot faint", "a &amp; b, gain: -2 [-3, -1]", "difference &lt;%&gt;");
        // The axis runs from 250 to 840: 0 is at 545, an end beyond 10 at 840.
        assertThat(html).contains("class=\"zero\" d=\"M545 ", "M574.5 30.5H840");
        assertThatThrownBy(() -> new IntervalChart("x", Double.NaN, List.of())).hasMessageContaining("`reach`");
    }

    @Test
    void elementsStandBesideEachOtherWithWhatOneSees() {
        String html = new SideBySide(List.of(new CaptionedElement(plot(), "a < b"), plot())).html();
        assertThat(html).startsWith("<div class=\"side\">").contains("<p class=\"caption\">a &lt; b</p>");
        assertThat(html.split("<svg", -1)).hasSize(3);
    }

    @Test
    void aNameHasOneColourInAllPictures() {
        Plot plot = new Plot("p", Axis.linear("x", 0, 1), Axis.linear("y", 0, 1)).colours(List.of("a", "b", "c"));
        String html = plot.line("c", new double[] {0, 1}, new double[] {0, 1}).html();
        assertThat(html).contains("class=\"line c2\"").doesNotContain(">a<", ">b<");
    }

    @Test
    void manyRowsMakeASmallMap() {
        String html = HeatMap.small("m", "across", "down", new double[][] {{0, 1}, {0.5, Double.NaN}})
                .html();
        assertThat(html).contains("across", "down").doesNotContain("NaN");
        assertThat(html.split("<rect", -1)).hasSize(4);
    }

    @Test
    void aShortLogarithmicAxisHasTicks() {
        assertThat(Axis.logarithmic("x", 20, 70).ticks()).containsExactly(20.0, 50.0);
        assertThat(Axis.logarithmic("x", 41, 44).ticks())
                .hasSizeGreaterThan(2)
                .allMatch(tick -> tick >= 41 && tick <= 44);
    }

    @Test
    void aLineBreaksWhereANumberIsMissing() {
        String html = new Plot("p", Axis.linear("x", 0, 3), Axis.linear("y", 0, 1))
                .line("l", new double[] {0, 1, 2, 3}, new double[] {0, 1, Double.NaN, 1})
                .html();
        Matcher path = Pattern.compile("class=\"line c0\" d=\"([^\"]*)\"").matcher(html);
        assertThat(path.find()).isTrue();
        assertThat(path.group(1)).isEqualTo("M62 200L324 16M848 16");
    }

    @Test
    void ticksAreRoundAndWithinTheAxis() {
        assertThat(Axis.linear("x", 0, 23_693).ticks()).containsExactly(0.0, 5e3, 1e4, 1.5e4, 2e4);
        assertThat(Axis.linear("x", -0.2, 0.3).ticks())
                .hasSizeBetween(3, 8)
                .allMatch(tick -> tick >= -0.2 - 1e-9 && tick <= 0.3 + 1e-9);
        assertThat(Axis.logarithmic("x", 1e-5, 0.1).ticks()).hasSize(5);
        assertThat(Axis.logarithmic("x", 1e-5, 0.1).place(1e-3)).isEqualTo(0.5, offset(1e-12));
        assertThat(Axis.around("x", new double[] {Double.NaN}).to()).isEqualTo(1);
        assertThat(Axis.around("x", new double[] {4}, new double[] {4}).place(4))
                .isEqualTo(0.5);
        assertThat(Markup.tick(1e-5)).isEqualTo("1e-5");
        assertThat(Markup.tick(0.30000000000000004)).isEqualTo("0.3");
        assertThat(Markup.tick(100_000)).isEqualTo("1e5");
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        assertThatThrownBy(() -> Axis.logarithmic("x", 0, 1))
                .hasMessage("`from` must be above 0 on a logarithmic axis (got 0.0)");
        assertThatThrownBy(() -> new Axis("x", 1, Double.NaN, false)).hasMessageContaining("`from` must be below `to`");
        assertThatThrownBy(() -> plot().line("l", new double[1], new double[2])).hasMessageContaining("same length");
        assertThatThrownBy(() -> new Table(List.of("a", "b")).row("x", List.of()))
                .hasMessageContaining("`cells` must be 1");
        assertThatThrownBy(() -> new HeatMap("h", List.of("a"), List.of(), new double[0][]))
                .hasMessageContaining("`values` must have 1 rows");
    }

    private static Plot plot() {
        double[] xs = {0, 5, 10, 20};
        return new Plot("plot", Axis.linear("x", 0, 10), Axis.logarithmic("y", 1e-3, 1))
                .band("band", xs, new double[] {0.1, 0.1, 0.1, 0.1}, new double[] {1, 1, 1, 9})
                .reference("reference", xs, new double[] {0, 1, -1, 2})
                .points("points", xs, new double[] {0.1, Double.NaN, 0.2, 0.3}, List.of("a", "b", "c", "d"))
                .interval("points", 3, 0.01, 0.1)
                .strip("strip", 2, 3, "tip")
                .line("line", xs, new double[] {0.5, 0.6, 0.7, 0.8});
    }
}
