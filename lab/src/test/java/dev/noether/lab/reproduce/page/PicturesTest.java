package dev.noether.lab.reproduce.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.noether.lab.report.Page;
import dev.noether.lab.reproduce.BenchmarkSet;
import dev.noether.lab.reproduce.CellResult;
import dev.noether.lab.reproduce.Competitor;
import dev.noether.lab.reproduce.RunResult;
import dev.noether.lab.series.SymmetryPortrait;
import dev.noether.model.series.SeriesSet;
import dev.noether.model.symmetry.learned.SymmetryCandidate;
import dev.noether.model.symmetry.learned.SymmetryFamily;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bands, numbers and the portrait say what they were given. */
final class PicturesTest {
    @Test
    void aBandIsOneDeviationWide() {
        Band band = Band.of("a", List.of(List.of(0.01, 0.5), List.of(0.03, 0.5, 0.7)));
        assertThat(band.epochs()).containsExactly(1, 2);
        assertThat(band.mean()[0]).isCloseTo(2, within(1e-12));
        // Two values 1 and 3: deviation √2 with n − 1.
        assertThat(band.high()[0]).isCloseTo(2 + Math.sqrt(2), within(1e-12));
        assertThat(band.low()[1]).isCloseTo(50, within(1e-6));
    }

    @Test
    void aBandEndsAboveZero() {
        Band band = Band.of("a", List.of(List.of(0.001), List.of(0.2)));
        assertThat(band.low()[0]).isPositive();
    }

    @Test
    void numbersHaveTheDecimalsTheyDeserve() {
        assertThat(List.of(
                        Numbers.number(123.456),
                        Numbers.number(1.234),
                        Numbers.number(0.01234),
                        Numbers.number(0.00001)))
                .containsExactly("123.5", "1.23", "0.0123", "1.00e-05");
        assertThat(List.of(Numbers.spread(47.42, 0.2338), Numbers.spread(123.456, 2), Numbers.spread(0.00001, 0.1)))
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
        assertThat(page(null)).contains("validation chose none").doesNotContain("Generator 1");
    }

    private static String page(@Nullable SymmetryPortrait portrait) {
        SeriesSet rows = SeriesSet.of(new float[] {0, 1, 0}, 1, 3);
        BenchmarkSet set = new BenchmarkSet("Waves", rows, rows, true, List.of());
        RunResult run = new RunResult(
                "key", 1, null, null, null, 0.1, null, 0, 0, List.of(), 1, null, "learned warp", null, portrait);
        Page page = new Page("page");
        new PortraitSection(List.of(new CellResult(set, Competitor.DEFAULT, null, List.of(), List.of(run))))
                .addTo(page);
        return page.html();
    }
}
