package dev.noether.lab.reproduce.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HyperparameterSearchTest {

    @Test
    void everyMethodHasTheSameBudget() {
        for (int trials = 1; trials <= HyperparameterSearch.most(); trials++) {
            for (ComparedMethod method : ComparedMethod.all()) {
                List<Hyperparameters> tried = new ArrayList<>();
                new HyperparameterSearch(trials).search(method, setting -> {
                    tried.add(setting);
                    return 1 / setting.learningRate();
                });
                assertThat(tried)
                        .as("%s, %d trials", method, trials)
                        .hasSize(trials)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void findsTheBestRateAndThenTheBestStrength() {
        Hyperparameters found = new HyperparameterSearch(8)
                .search(
                        ComparedMethod.LIE1,
                        setting -> Math.abs(Math.log(setting.learningRate() / 0.01))
                                + Math.abs(Math.log(setting.strength() / 10)));
        assertThat(found).isEqualTo(new Hyperparameters(0.01, 10));
        Hyperparameters plain = new HyperparameterSearch(8)
                .search(ComparedMethod.AE, setting -> Math.abs(Math.log(setting.learningRate() / 0.0017)));
        assertThat(plain.learningRate()).isEqualTo(1.78 * 0.001);
    }

    @Test
    void keepsTheFirstWhereAllFail() {
        assertThat(new HyperparameterSearch(4).search(ComparedMethod.NOISE, setting -> Double.NaN))
                .isEqualTo(new Hyperparameters(3e-3, 0.1));
        assertThat(new HyperparameterSearch(4)
                        .search(
                                ComparedMethod.NOISE,
                                setting -> setting.strength() == 0.3 ? 5 : Double.POSITIVE_INFINITY))
                .isEqualTo(new Hyperparameters(3e-3, 0.3));
    }
}
