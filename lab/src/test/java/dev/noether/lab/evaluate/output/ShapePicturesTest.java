package dev.noether.lab.evaluate.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.evaluate.measure.ScoreChartData;
import dev.noether.lab.evaluate.measure.SeriesReport;
import dev.noether.lab.evaluate.measure.SetReport;
import dev.noether.lab.evaluate.portrait.ShapePortrait;
import dev.noether.lab.evaluate.portrait.ShapePortrait.FoundWindow;
import dev.noether.lab.evaluate.portrait.ShapePortrait.LearnedMotion;
import dev.noether.lab.evaluate.portrait.ShapePortrait.WindowPortrait;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The pictures of a shape view on the page of an evaluation. */
final class ShapePicturesTest {
    private static final double[] WINDOW = {0, 1, 0, -1};

    @Test
    void thePrototypesTheMotionsAndTheStrongestIncidentAreDrawn() throws Exception {
        String html = page(new FoundWindow(17, new double[] {0, 2, 0, -1}, WINDOW));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        // The scores, and five pictures of the view.
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(6);
        assertThat(html)
                .contains("a &lt;b&gt; &amp; c: the shape of a period", "a &lt;b&gt; &amp; c: it repeats.")
                .contains("Normal windows of 8 rows", "Motion 1: shift &amp; &lt;width&gt;", "62 % of the variation")
                .contains("+ 2 deviations", "The largest alarm score, test row 17", "What could not be explained")
                .doesNotContain("a <b>", "x<y", "<width>");
    }

    @Test
    void withoutAnIncidentTheLearnedPartsAreDrawn() {
        assertThat(page(null)).contains("Motion 1").doesNotContain("The largest alarm score");
    }

    private static String page(@Nullable FoundWindow strongest) {
        LearnedMotion motion = new LearnedMotion("shift & <width>", 0.62, WINDOW, new double[] {0.1, 0, -0.1, 0});
        ShapePortrait portrait = new ShapePortrait(
                "x<y", 8, List.of(new WindowPortrait(2, true, List.of(WINDOW, WINDOW), List.of(motion), strongest)));
        ScoreChartData chart = new ScoreChartData(
                10,
                new double[] {1, 2, 3, 4},
                40,
                List.of(),
                List.of(),
                new ScoreChartData.Details(new double[] {9, 9, 9, 9}, null, portrait, "it repeats", List.of()));
        SeriesReport series = new SeriesReport(
                "a <b> & c",
                new SeriesReport.Size(false, 40, 0),
                Map.of(),
                Map.of(),
                new SeriesReport.Budgets(List.of(), List.of()),
                new SeriesReport.Causes(null, null),
                chart);
        return EvaluationPage.of(List.of(new SetReport("set", List.of(series))));
    }
}
