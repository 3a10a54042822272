package dev.noether.lab.evaluate.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.noether.lab.evaluate.ablate.AblationReport;
import dev.noether.lab.evaluate.ablate.AblationSeries;
import dev.noether.lab.evaluate.ablate.AblationVariant;
import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.MetricValues;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The table, the JSON and the page of an ablation. */
final class AblationOutputTest {
    private static final AblationReport REPORT = new AblationReport(
            "beats & <more>",
            List.of(
                    series("a <1>", 0.5, 0.25, 1),
                    series("b \"2\"", 0.6, 0.375, 0),
                    series("c", 0.7, 0.5, 1),
                    AblationSeries.without("d <&>", "the signal does not repeat: <.25>")));

    @Test
    void theTableHasMeansAndPairedDifferences() {
        List<String> lines = AblationTable.lines(REPORT);
        assertThat(lines.get(0)).isEqualTo("beats & <more>, ablation of the symmetry: means over 3 of 4 series");
        assertThat(lines).contains("  d <&> was not judged: the signal does not repeat: <.25>");
        assertThat(line(lines, "prototypes, Σ learned  ")).contains("0.600", "0.667");
        assertThat(line(lines, "prototypes, Σ = 0  ")).contains("0.375");
        // Differences of .25, .225 and .2: a mean of .225 with a standard error of .025 / √3, and t = 4.303.
        assertThat(line(lines, "prototypes, Σ learned − prototypes, Σ = 0"))
                .contains("+0.225 [+0.163, +0.287] *", "+0.000 [+0.000, +0.000]");
        assertThat(line(lines, "network, lie2, mod Σ − network, lie2 ")).contains("+0.000 [+0.000, +0.000]");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @Test
    void oneSeriesHasNoPairedDifferences() {
        AblationReport one = new AblationReport("beats", List.of(series("a", 0.5, 0.25, 1)));
        assertThat(AblationTable.lines(one))
                .endsWith("Paired differences need at least two series.")
                .noneMatch(line -> line.contains(" − "));
        assertThat(AblationPage.of(List.of(one)))
                .contains("Paired differences need at least two series.")
                .doesNotContain("Bold");
    }

    @Test
    void aSetWithoutAShapeViewSaysWhy() {
        AblationReport none = new AblationReport("noise", List.of(AblationSeries.without("n", "no period")));
        assertThat(AblationTable.lines(none))
                .containsExactly(
                        "noise, ablation of the symmetry: means over 0 of 1 series", "  n was not judged: no period");
        assertThat(AblationPage.of(List.of(none)))
                .contains("n was not judged: no period")
                .doesNotContain("Paired");
        assertThat(AblationJson.of(List.of(none))
                        .at("/ablation/noise/mean/prototypes, Σ learned/vusPr")
                        .isNull())
                .isTrue();
    }

    @Test
    void theJsonHasSeriesMeansAndPairs() {
        JsonNode set = AblationJson.of(List.of(REPORT)).path("ablation").path("beats & <more>");
        assertThat(set.path("series").path("a <1>").path("period").intValue()).isEqualTo(64);
        assertThat(set.path("series").path("a <1>").path("codeSize").intValue()).isEqualTo(16);
        assertThat(set.path("series")
                        .path("b \"2\"")
                        .path("variants")
                        .path("prototypes, Σ learned")
                        .path("vusPr")
                        .doubleValue())
                .isEqualTo(0.6);
        assertThat(set.path("series").path("d <&>").path("notJudged").textValue())
                .startsWith("the signal does not repeat");
        JsonNode first = set.path("paired").get(0);
        assertThat(first.path("first").textValue()).isEqualTo("prototypes, Σ learned");
        assertThat(first.path("second").textValue()).isEqualTo("prototypes, Σ = 0");
        assertThat(first.at("/vusPr/mean").doubleValue()).isCloseTo(0.225, within(1e-12));
        assertThat(first.at("/vusPr/beyondNoise").booleanValue()).isTrue();
        assertThat(first.at("/ucr/pairs").intValue()).isEqualTo(3);
    }

    @Test
    void thePageIsWellFormedWithHostileNames() throws Exception {
        String html = AblationPage.of(List.of(REPORT));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getElementsByTagName("table").getLength()).isEqualTo(3);
        assertThat(html).doesNotContain("a <1>", "d <&>").contains("a &lt;1&gt;", "+0.225 [+0.163, +0.287]");
    }

    private static String line(List<String> lines, String start) {
        return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
    }

    private static AblationSeries series(String name, double learned, double others, double ucr) {
        Map<AblationVariant, MetricValues> metrics = new EnumMap<>(AblationVariant.class);
        for (AblationVariant variant : AblationVariant.values()) {
            metrics.put(
                    variant,
                    MetricValues.of(Map.of(
                            DetectionMetric.VUS_PR,
                            variant == AblationVariant.PROTOTYPES ? learned : others,
                            DetectionMetric.UCR,
                            ucr)));
        }
        return new AblationSeries(name, metrics, new AblationSeries.View(64, 16, 3), "");
    }
}
