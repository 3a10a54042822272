package dev.noether.lab.evaluate.ablate;

import java.util.ArrayList;
import java.util.List;

/**
 * Two variants whose difference answers a question.
 *
 * @param first the variant with the part in question
 * @param second the variant without it, or the one to beat
 */
public record AblationComparison(AblationVariant first, AblationVariant second) {
    /** All comparisons, in the order of tables. */
    public static List<AblationComparison> all() {
        List<AblationComparison> all = new ArrayList<>();
        all.add(new AblationComparison(AblationVariant.PROTOTYPES, AblationVariant.PROTOTYPES_0));
        all.add(new AblationComparison(AblationVariant.PROTOTYPES, AblationVariant.PROTOTYPES_FREE));
        all.add(new AblationComparison(AblationVariant.WINDOW, AblationVariant.WINDOW_0));
        all.add(new AblationComparison(AblationVariant.WINDOW, AblationVariant.WINDOW_FREE));
        all.add(new AblationComparison(AblationVariant.PROTOTYPES, AblationVariant.WINDOW));
        for (AblationVariant reference : List.of(AblationVariant.WINDOW, AblationVariant.PROTOTYPES)) {
            for (AblationVariant network : AblationVariant.networks()) {
                all.add(new AblationComparison(network, reference));
                all.add(new AblationComparison(network.modulo(), reference));
            }
        }
        for (AblationVariant network : AblationVariant.networks()) {
            all.add(new AblationComparison(network.modulo(), network));
        }
        return List.copyOf(all);
    }

    /** The difference in words. */
    public String title() {
        return first.title() + " − " + second.title();
    }
}
