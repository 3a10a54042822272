package dev.noether.lab.reproduce.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.reproduce.TestingRuns;
import dev.noether.lab.reproduce.TinySets;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.result.ReproductionReport;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.NetworkInspection;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page says follows from the numbers of the report. */
final class ReproductionPageTest {
    private final ReproductionReport report = TestingRuns.report(
            "CBF",
            TestingRuns.series(ComparedMethod.DEFAULT, 0.2, 0.2, 0.2),
            TestingRuns.series(ComparedMethod.PCA10, 0.4, 0.4, 0.4),
            TestingRuns.series(ComparedMethod.AE, 0.50, 0.51, 0.52),
            TestingRuns.series(ComparedMethod.LIE1, 0.30, 0.31, 0.32),
            TestingRuns.series(ComparedMethod.LIE2, 0.50, Double.NaN, 0.52),
            TestingRuns.series(ComparedMethod.NOISE, 0.70, 0.71, 0.73));

    private final String html = new ReproductionPage(report).html();

    @Test
    void isWellFormedAndNeedsNothingFromElsewhere() throws Exception {
        int tables = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("table")
                .getLength();
        assertThat(tables).isGreaterThanOrEqualTo(5);
        assertThat(html).doesNotContain("http://", "https://", "<script", "NaN", "Infinity", "%s", "%d");
    }

    @Test
    void findingsCompareWithThePaperAndWithEachOther() {
        // The best column of the paper has 43.99 on CBF.
        assertThat(html)
                .contains(
                        "Principal components, as many as the code has units: a smaller test error than the best column"
                                + " of the paper on 1 of 1 sets.")
                .contains("the geometric mean of the ratio is 0.5000.")
                .contains("lie1 against the plain autoencoder: better beyond noise on 1 of 1 sets, worse on 0.")
                .contains("noise against the plain autoencoder: better beyond noise on 0 of 1 sets, worse on 1.")
                .contains("lie2 against the plain autoencoder: better beyond noise on 0 of 1 sets, worse on 0.");
    }

    @Test
    void theTableMarksTheBestAndTheFailed() {
        assertThat(html)
                .contains("<td class=\"best\">20.00 ± 0.00</td>")
                .contains("<td class=\"faint\">62.38</td>", "<td class=\"faint\">43.99</td>")
                .contains("51.00 ± 1.41 †1")
                .contains("1 of 3 runs failed: diverged twice");
    }

    @Test
    void theAblationIsColouredByTheSideOfZero() {
        assertThat(html)
                .contains("<td class=\"good\">-20.00 [-20.00, -20.00]</td>")
                .contains("class=\"dot good\"", "class=\"dot bad\"");
    }

    @Test
    void costIsAMultipleOfThePlainAutoencoder() {
        // Two trials of 2 and 4 seconds for each network.
        assertThat(html).contains("3.00 (× 1.00)");
    }

    @Test
    void learningRatesOfThePlainAutoencoderAreListed() {
        assertThat(html).contains("0.0030 → 50.00, 0.0010 → 25.00");
    }

    @Test
    void inspectedNetworksAreDrawn() {
        NetworkInspection inspection = new NetworkInspection(
                List.of(0.1, 0.2),
                List.of(1.0, 3.0),
                0.25,
                new NetworkInspection.Use(List.of(List.of(1.0, 0.5)), 1.8, 0.25, 0.125),
                8L,
                4L);
        MethodResult result = new MethodResult(
                TinySets.waves("Waves", 12, 4),
                ComparedMethod.LIE1,
                new Hyperparameters(0.001, 1),
                List.of(),
                List.of(TestingRuns.run(0.1, 1, inspection, new Hyperparameters(0.001, 1))));
        assertThat(InspectionFigures.regions(List.of(result)).orElseThrow().html())
                .contains("Number of affine regions", "lie1");
        assertThat(InspectionFigures.generatorUse(result)
                        .findFirst()
                        .orElseThrow()
                        .html())
                .contains("lie1: which generators relate neighbours")
                .contains("Effective number of generators per pair: 1.80 of 2", "Hoyer sparsity: 0.2500", "0.1250.");
        assertThat(HyperparameterTable.of(List.of(result)).html()).contains("<td>0.2500</td>");
    }

    @Test
    void theFileIsWrittenIntoANewFolder(@TempDir Path folder) throws Exception {
        Path page = new ReproductionPage(report).write(folder.resolve("a/b"));
        assertThat(page).isEqualTo(folder.resolve("a/b/index.html")).hasContent(html);
    }
}
