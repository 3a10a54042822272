package dev.noether.lab.reproduce.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.noether.lab.html.Page;
import dev.noether.lab.reproduce.result.Ablation.Comparison;
import dev.noether.lab.reproduce.result.LearnedSymmetry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a reader of the page is told of the learned symmetry. */
final class SymmetrySectionTest {
    private static final Comparison LOSS = new Comparison(3, -9.5, 0.25, -10.6, -8.4, 0.25, true);
    private static final Comparison HARM = new Comparison(3, 0.5, 0.25, -0.6, 1.6, 0.5, false);

    @Test
    void givesSharesHarmAndTheTestOverSets() {
        Map<String, LearnedSymmetry.Row> rows = new LinkedHashMap<>();
        rows.put("A < B", new LearnedSymmetry.Row(31, 26, 21, 21.5, "warp", true, 0.95, LOSS, true));
        rows.put("C", new LearnedSymmetry.Row(2, 2.1, 2.2, 2.5, "shift", false, null, HARM, false));
        Comparison overall = new Comparison(6, 100 * Math.log(1.02), 1, 0, 100 * Math.log(1.04), 0.4, false);
        String html = html(new LearnedSymmetry(rows, overall));
        assertThat(html)
                .contains("A &lt; B", "<td>0.9500 of warp</td>", "-9.50 ± 0.2500", "<td>no</td>")
                .contains("<td>no gain to reach</td>", "0.5000 ± 0.2500", "<td>yes</td>")
                .contains("On the 6 sets", "is 102.0 % of", "interval 100.0, 104.0]", "p = 0.4000")
                .doesNotContain("NaN", "null");
    }

    @Test
    void isAbsentWithoutTheControls() {
        assertThat(html(new LearnedSymmetry(Map.of(), null))).isEqualTo(new Page("page").html());
    }

    private static String html(LearnedSymmetry symmetry) {
        Page page = new Page("page");
        new SymmetrySection(symmetry).addTo(page);
        return page.html();
    }
}
