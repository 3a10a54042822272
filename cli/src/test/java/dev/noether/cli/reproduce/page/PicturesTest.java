package dev.noether.cli.reproduce.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Pictures stay inside their frames and say what they were given. */
final class PicturesTest {
    private static final Pattern STROKE = Pattern.compile("<path d=\"([^\"Z]+)\" fill=\"none\"");

    @Test
    void linesRunFromCornerToCorner() {
        double[] xs = {0, 5, 10};
        LineChart.Line rising = new LineChart.Line("a < b", xs, new double[] {0, 1, 2}, xs, new double[] {0, 1, 2});
        String svg = new LineChart("epoch", "error", false, List.of(rising)).svg();
        assertThat(svg).contains("a &lt; b", "epoch", "error").doesNotContain("a < b");
        assertThat(stroke(svg)).isEqualTo("M62.0 260.0L251.0 136.0L440.0 12.0");
    }

    @Test
    void aLogarithmicAxisBearsZeros() {
        double[] xs = {1, 2, 3};
        double[] ys = {0, 1, 100};
        String svg = new LineChart("x", "y", true, List.of(new LineChart.Line("a", xs, ys, ys, ys))).svg();
        assertThat(svg).doesNotContain("NaN", "Infinity");
        // From 0.0001 to 100, so that 1 is two thirds up.
        assertThat(stroke(svg)).isEqualTo("M62.0 260.0L251.0 94.7L440.0 12.0");
        double[] zeros = new double[3];
        assertThat(new LineChart("x", "y", true, List.of(new LineChart.Line("a", xs, zeros, zeros, zeros))).svg())
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void nothingGivesNoPicture() {
        assertThat(new LineChart("x", "y", true, List.of()).svg()).isEmpty();
        assertThat(new HeatMap("x", "y", List.of()).svg()).isEmpty();
    }

    @Test
    void aBandIsOneDeviationWide() {
        LineChart.Line band = Band.of("a", List.of(List.of(0.01, 0.5), List.of(0.03, 0.5, 0.7)));
        assertThat(band.xs()).containsExactly(1, 2);
        assertThat(band.ys()[0]).isCloseTo(2, within(1e-12));
        // Two values 1 and 3: deviation √2 with n − 1.
        assertThat(band.high()[0]).isCloseTo(2 + Math.sqrt(2), within(1e-12));
        assertThat(band.low()[1]).isCloseTo(50, within(1e-6));
    }

    @Test
    void numbersHaveTheDecimalsTheyDeserve() {
        assertThat(List.of(Html.number(123.456), Html.number(1.234), Html.number(0.01234), Html.number(0.00001)))
                .containsExactly("123.5", "1.23", "0.0123", "1.0e-05");
        assertThat(List.of(Html.brief(0), Html.brief(125), Html.brief(0.05), Html.brief(43.75)))
                .containsExactly("0", "125", "0.05", "43.8");
    }

    private static String stroke(String svg) {
        Matcher matcher = STROKE.matcher(svg);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
