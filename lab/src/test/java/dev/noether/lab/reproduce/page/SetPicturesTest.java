package dev.noether.lab.reproduce.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.lab.html.Page;
import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.run.MethodResult;
import dev.noether.lab.reproduce.run.RunResult;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.lab.series.SymmetryPortrait;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.SymmetryCandidate;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bands, numbers and the portrait say what they were given. */
final class SetPicturesTest {
    @Test
    void aBandIsOneDeviationWide() {
        CurveBand band = CurveBand.of("a", List.of(List.of(0.01, 0.5), List.of(0.03, 0.5, 0.7)));
        assertThat(band.epochs()).containsExactly(1, 2);
        assertThat(band.mean()[0]).isCloseTo(2, within(1e-12));
        // Two values 1 and 3: deviation √2 with n − 1.
        assertThat(band.high()[0]).isCloseTo(2 + Math.sqrt(2), within(1e-12));
        assertThat(band.low()[1]).isCloseTo(50, within(1e-6));
    }

    @Test
    void aBandEndsAboveZero() {
        CurveBand band = CurveBand.of("a", List.of(List.of(0.001), List.of(0.2)));
        assertThat(band.low()[0]).isPositive();
    }

    @Test
    void numbersHaveTheDecimalsTheyDeserve() {
        assertThat(List.of(
                        NumberText.number(123.456),
                        NumberText.number(1.234),
                        NumberText.number(0.01234),
                        NumberText.number(0.00001)))
                .containsExactly("123.5", "1.23", "0.0123", "1.00e-05");
        assertThat(List.of(
                        NumberText.spread(47.42, 0.2338),
                        NumberText.spread(123.456, 2),
                        NumberText.spread(0.00001, 0.1)))
                .containsExactly("47.42 ± 0.23", "123.5 ± 2.0", "1.00e-05 ± 0.1000");
    }

    @Test
    void aPortraitShowsTheMotionAndTheMovedSeries() {
        SymmetryPortrait portrait = new SymmetryPortrait(
                new SymmetryCandidate(SymmetryFamily.LEARNED_WARP, 2, 1.5),
                List.of(0.0, 1.0, 0.0),
                0.42,
                List.of(new SymmetryPortrait.Motion(
                        List.of(1.0, 1.0, 1.0),
                        1,
                        List.of(
                                List.of(1.0, 0.0, 0.0),
                                List.of(1.0, 1.0, 0.0),
                                List.of(0.0, 1.0, 1.0),
                                List.of(0.0, 0.0, 1.0)))));
        assertThat(page(portrait))
                .contains(
                        "learned warp",
                        "42 %",
                        "Generator 1, strength 1.00 samples",
                        "velocity",
                        "as recorded",
                        "-2 σ",
                        "+1 σ",
                        "moved along this generator");
    }

    @Test
    void withoutASymmetryThePageSaysSo() {
        assertThat(page(null)).contains("validation chose no symmetry").doesNotContain("Generator 1");
    }

    private static String page(@Nullable SymmetryPortrait portrait) {
        SeriesSet rows = SeriesSet.of(new float[] {0, 1, 0}, 1, 3);
        BenchmarkSet set = new BenchmarkSet("Waves", rows, rows, true, List.of());
        RunResult run = new RunResult(
                "key",
                1,
                1,
                null,
                null,
                new RunResult.Errors(0.1, null, null),
                new RunResult.Course(0, 0, List.of()),
                new RunResult.Findings(null, "learned warp", portrait));
        Page page = new Page("page");
        new PortraitSection(List.of(new MethodResult(set, ComparedMethod.DEFAULT, null, List.of(), List.of(run))))
                .addTo(page);
        return page.html();
    }
}
