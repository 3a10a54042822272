package dev.noether.lab.reproduce.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.noether.lab.reproduce.TestingRuns;
import dev.noether.lab.reproduce.TinySets;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.model.autoencoder.Activation;
import dev.noether.model.symmetry.GeneratorStructure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shares and harm of runs made by hand. */
final class LearnedSymmetryTest {
    private final BenchmarkSet waves = TinySets.waves("Waves", 10, 4);
    private final BenchmarkSet more = TinySets.waves("More", 10, 4);
    private final BenchmarkSet harmed = TinySets.waves("Harmed", 10, 4);

    @Test
    void sharesOfTheBetterPrescription() {
        List<MethodResult> cells = new ArrayList<>();
        cells.addAll(forms(waves, runs(.30, .32), runs(.25, .27), runs(.20, .22), runs(.21, .23)));
        cells.addAll(forms(more, runs(.10, .11), runs(.08, .09), runs(.09, .10), runs(.07, .08)));
        cells.addAll(forms(harmed, runs(.10, .11), runs(.12, .10), runs(.11, .13), runs(.102, .113)));
        LearnedSymmetry symmetry = LearnedSymmetry.of(report(cells));
        LearnedSymmetry.Row row = symmetry.sets().get("Waves");
        assertThat(row.none()).isCloseTo(31, within(1e-9));
        assertThat(row.bestPrescribed()).isEqualTo("warp");
        assertThat(row.share()).isCloseTo(.9, within(1e-9));
        assertThat(row.harmless()).isTrue();
        assertThat(symmetry.sets().get("More").share()).isCloseTo(1.5, within(1e-9));
        LearnedSymmetry.Row third = symmetry.sets().get("Harmed");
        assertThat(third.prescriptionHelps()).isFalse();
        assertThat(third.share()).isNull();
        assertThat(third.harmless()).as("worse by .25 ± .05").isFalse();
        // The third set, on which nothing prescribed helps, has no part in it.
        LearnedSymmetry.Row second = symmetry.sets().get("More");
        assertThat(symmetry.overall()).isNotNull();
        assertThat(symmetry.overall().pairs()).isEqualTo(2);
        assertThat(symmetry.overall().mean())
                .isCloseTo(
                        50 * (Math.log(row.learned() / row.warp()) + Math.log(second.learned() / second.shift())),
                        within(1e-9));
    }

    @Test
    void aRunThatFailedTakesItsPartnersAlongAndASetWithoutAControlIsLeftOut() {
        List<MethodResult> cells = new ArrayList<>();
        cells.addAll(
                forms(waves, runs(.30, .32, .9), runs(.25, .27, .9), runs(.20, .22, Double.NaN), runs(.2, .2, .1)));
        cells.addAll(forms(more, runs(.10, .11), runs(.08, .09), runs(.09, .10), runs(.07, .08)));
        cells.removeIf(cell -> cell.set() == more && cell.method() == ComparedMethod.DEFAULT_WARP);
        LearnedSymmetry symmetry = LearnedSymmetry.of(report(cells));
        assertThat(symmetry.sets()).containsOnlyKeys("Waves");
        assertThat(symmetry.sets().get("Waves").none()).isCloseTo(31, within(1e-9));
        assertThat(symmetry.sets().get("Waves").learnedMinusNone().pairs()).isEqualTo(2);
        assertThat(symmetry.overall()).as("one set is no test over sets").isNull();
    }

    @Test
    void goesIntoAFileOfItsOwnAndNotIntoTheTable(@TempDir Path folder) throws Exception {
        new ReproductionFiles(report(forms(waves, runs(.30, .32), runs(.25, .27), runs(.20, .22), runs(.21, .23))))
                .write(folder);
        ObjectMapper mapper = new ObjectMapper();
        JsonNode row = mapper.readTree(folder.resolve("symmetry.json").toFile())
                .get("sets")
                .get("Waves");
        assertThat(row.get("share").doubleValue()).isCloseTo(.9, within(1e-9));
        assertThat(row.get("harmless").booleanValue()).isTrue();
        assertThat(row.get("learnedMinusNone").get("pairs").intValue()).isEqualTo(2);
        assertThat(mapper.readTree(folder.resolve("table1.json").toFile())
                        .get("Waves")
                        .fieldNames())
                .toIterable()
                .containsExactly("default");
    }

    private ReproductionReport report(List<MethodResult> cells) {
        return new ReproductionReport(
                cells.stream().map(MethodResult::set).distinct().toList(),
                List.of(
                        ComparedMethod.DEFAULT,
                        ComparedMethod.DEFAULT_NONE,
                        ComparedMethod.DEFAULT_SHIFT,
                        ComparedMethod.DEFAULT_WARP),
                new Protocol(cells.get(0).runs().size(), 5, 16, 2, Activation.RELU, GeneratorStructure.LOW_RANK),
                cells,
                Duration.ofSeconds(1),
                1);
    }

    private static double[] runs(double... errors) {
        return errors;
    }

    private static List<MethodResult> forms(
            BenchmarkSet set, double[] none, double[] shift, double[] warp, double[] learned) {
        return List.of(
                TestingRuns.result(set, ComparedMethod.DEFAULT_NONE, none),
                TestingRuns.result(set, ComparedMethod.DEFAULT_SHIFT, shift),
                TestingRuns.result(set, ComparedMethod.DEFAULT_WARP, warp),
                TestingRuns.result(set, ComparedMethod.DEFAULT, learned));
    }
}
