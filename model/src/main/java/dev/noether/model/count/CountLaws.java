package dev.noether.model.count;

import java.util.List;

/**
 * The laws of all rare counts of a model. Immutable; thread safe.
 *
 * @param laws one law for each rare count, in the order of the features
 */
public record CountLaws(List<CountLaw> laws) {
    /** A model without rare counts. */
    public static final CountLaws NONE = new CountLaws(List.of());

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if the features do not ascend
     */
    public CountLaws {
        laws = List.copyOf(laws);
        for (int i = 1; i < laws.size(); i++) {
            if (laws.get(i).feature() <= laws.get(i - 1).feature()) {
                throw new IllegalArgumentException("the features of `laws` must ascend (got "
                        + laws.get(i - 1).feature() + " before " + laws.get(i).feature() + ")");
            }
        }
    }

    /** The number of rare counts. */
    public int size() {
        return laws.size();
    }
}
