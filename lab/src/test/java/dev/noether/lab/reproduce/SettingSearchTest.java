package dev.noether.lab.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SettingSearchTest {

    @Test
    void everyMethodHasTheSameBudget() {
        for (int trials = 1; trials <= SettingSearch.most(); trials++) {
            for (Competitor competitor : Competitor.all()) {
                List<Setting> tried = new ArrayList<>();
                new SettingSearch(trials).search(competitor, setting -> {
                    tried.add(setting);
                    return 1 / setting.learningRate();
                });
                assertThat(tried)
                        .as("%s, %d trials", competitor, trials)
                        .hasSize(trials)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void findsTheBestRateAndThenTheBestStrength() {
        Setting found = new SettingSearch(8)
                .search(
                        Competitor.LIE1,
                        setting -> Math.abs(Math.log(setting.learningRate() / 0.01))
                                + Math.abs(Math.log(setting.strength() / 10)));
        assertThat(found).isEqualTo(new Setting(0.01, 10));
        Setting plain = new SettingSearch(8)
                .search(Competitor.AE, setting -> Math.abs(Math.log(setting.learningRate() / 0.0017)));
        assertThat(plain.learningRate()).isEqualTo(1.78 * 0.001);
    }

    @Test
    void keepsTheFirstWhereAllFail() {
        assertThat(new SettingSearch(4).search(Competitor.NOISE, setting -> Double.NaN))
                .isEqualTo(new Setting(3e-3, 0.1));
        assertThat(new SettingSearch(4)
                        .search(Competitor.NOISE, setting -> setting.strength() == 0.3 ? 5 : Double.POSITIVE_INFINITY))
                .isEqualTo(new Setting(3e-3, 0.3));
    }
}
