package dev.noether.lab.reproduce.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.lab.reproduce.TestingRuns;
import dev.noether.lab.reproduce.TinySets;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.lab.reproduce.set.DetectionTestSet;
import dev.noether.model.autoencoder.Activation;
import dev.noether.model.symmetry.GeneratorStructure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Means and paired differences of runs made by hand. */
final class AblationTest {
    private final BenchmarkSet set = TinySets.waves("Waves", 10, 4);

    @Test
    void pairsRunsOfOneSeed() {
        ReproductionReport report = report(
                result(ComparedMethod.AE, 0.10, 0.20, 0.30),
                result(ComparedMethod.LIE1, 0.09, 0.18, 0.30),
                result(ComparedMethod.NOISE, 0.1, 0.2, 0.3));
        Ablation.Comparison lie = Ablation.of(report).sets().get("Waves").get("lie1");
        assertThat(lie.pairs()).isEqualTo(3);
        assertThat(lie.mean()).isCloseTo(-1, within(1e-9));
        // Differences −1, −2, 0: deviation 1, standard error 1/√3, t of 2 degrees 4.3027.
        assertThat(lie.upper()).isCloseTo(-1 + 4.3027 / Math.sqrt(3), within(1e-3));
        assertThat(lie.beyondNoise()).isFalse();
        assertThat(Ablation.of(report).sets().get("Waves")).containsOnlyKeys("lie1", "noise");
        assertThat(report.table().get("Waves")).as("controls have no column").containsOnlyKeys("ae", "lie1");
        assertThat(report.table().get("Waves").get("ae").mean()).isCloseTo(20, within(1e-9));
        assertThat(report.table().get("Waves").get("ae").std()).isCloseTo(10, within(1e-9));
    }

    @Test
    void failedRunsAreInNoMean() {
        ReproductionReport report = report(
                result(ComparedMethod.AE, 0.10, 0.20, 0.30),
                result(ComparedMethod.LIE1, 0.09, Double.NaN, 0.28),
                result(ComparedMethod.LIE2, Double.NaN, Double.NaN, Double.NaN));
        Ablation.Comparison lie = Ablation.of(report).sets().get("Waves").get("lie1");
        assertThat(lie.pairs()).isEqualTo(2);
        assertThat(lie.mean()).isCloseTo(-1.5, within(1e-9));
        ReproductionReport.Figure figure = report.table().get("Waves").get("lie1");
        assertThat(figure.runs()).isEqualTo(2);
        assertThat(figure.mean()).isCloseTo(18.5, within(1e-9));
        assertThat(report.table().get("Waves")).doesNotContainKey("lie2");
        assertThat(report.result(set, ComparedMethod.LIE2).orElseThrow().failed())
                .isEqualTo(3);
    }

    @Test
    void labelledSetsAreComparedAsDetectors() {
        BenchmarkSet judged = new BenchmarkSet(
                set.name(), set.train(), set.test(), false, List.of(), new DetectionTestSet(set.test(), new boolean[] {
                    true, false, false, false
                }));
        ReproductionReport plain =
                report(result(ComparedMethod.AE, 0.10, 0.20), result(ComparedMethod.LIE1, 0.09, 0.18));
        ReproductionReport labelled = new ReproductionReport(
                List.of(judged), plain.methods(), plain.protocol(), plain.results(), plain.duration(), 1);
        assertThat(Ablation.of(plain).detection()).as("no labels").isEmpty();
        // The runs by hand detect twice as much as their error is: 18 − 20 and 36 − 40.
        assertThat(Ablation.of(labelled).detection().get("Waves").get("lie1").mean())
                .isCloseTo(-3, within(1e-9));
    }

    private ReproductionReport report(MethodResult... results) {
        return new ReproductionReport(
                List.of(set),
                List.of(results).stream().map(MethodResult::method).toList(),
                new Protocol(results[0].runs().size(), 5, 16, 2, Activation.RELU, GeneratorStructure.LOW_RANK),
                List.of(results),
                Duration.ofSeconds(1),
                1);
    }

    private MethodResult result(ComparedMethod method, double... errors) {
        return TestingRuns.result(set, method, errors);
    }
}
