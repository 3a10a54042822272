package dev.noether.lab.reproduce.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The search for a method's setting: the same number of trials for each method. The first half of them goes to learning
 * rates, at the middle of the method's grid of strengths; the second to other strengths at the best of those. A method
 * without strengths, the plain autoencoder, spends the second half on learning rates around the best one.
 *
 * @param trials how many settings are tried, at least 1
 */
public record HyperparameterSearch(int trials) {
    private static final List<Double> LEARNING_RATES = List.of(3e-3, 1e-3, 1e-2, 3e-4);
    private static final List<Double> FINER = List.of(0.56, 1.78, 0.75, 1.33);

    /**
     * Searches.
     *
     * @param error the validation error of a setting; infinite or NaN where its training failed
     * @return the setting with the smallest error, the first of those tried if all failed
     */
    public Hyperparameters search(ComparedMethod method, ToDoubleFunction<Hyperparameters> error) {
        List<Double> strengths = method.strengths();
        double middle = strengths.isEmpty() ? 0 : strengths.get(0);
        int rates = Math.min((trials + 1) / 2, LEARNING_RATES.size());
        List<Hyperparameters> coarse = new ArrayList<>();
        LEARNING_RATES.subList(0, rates).forEach(rate -> coarse.add(new Hyperparameters(rate, middle)));
        Best best = new Best(coarse.get(0));
        coarse.forEach(setting -> best.offer(setting, error));
        Hyperparameters coarsely = best.setting;
        List<Hyperparameters> fine = new ArrayList<>();
        if (strengths.isEmpty()) {
            FINER.forEach(factor -> fine.add(new Hyperparameters(factor * coarsely.learningRate(), 0)));
        } else {
            strengths
                    .subList(1, strengths.size())
                    .forEach(strength -> fine.add(new Hyperparameters(coarsely.learningRate(), strength)));
        }
        fine.subList(0, Math.min(trials - rates, fine.size())).forEach(setting -> best.offer(setting, error));
        return best.setting;
    }

    /** The most trials that there is something to spend on. */
    static int most() {
        return LEARNING_RATES.size() + FINER.size();
    }

    private static final class Best {
        private Hyperparameters setting;
        private double error = Double.POSITIVE_INFINITY;

        Best(Hyperparameters setting) {
            this.setting = setting;
        }

        void offer(Hyperparameters candidate, ToDoubleFunction<Hyperparameters> errorOf) {
            double offeredError = errorOf.applyAsDouble(candidate);
            if (offeredError < error) {
                error = offeredError;
                setting = candidate;
            }
        }
    }
}
