package dev.noether.model.symmetry.learned;

import java.util.Arrays;
import java.util.List;

/**
 * Several dictionaries as one, in their order.
 *
 * @param parts at least one dictionary
 */
public record GeneratorList(List<GeneratorDictionary> parts) implements GeneratorDictionary {

    /** Checks and copies the parts. */
    public GeneratorList {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("`parts` must hold at least one dictionary (got none)");
        }
    }

    @Override
    public int size() {
        return parts.stream().mapToInt(GeneratorDictionary::size).sum();
    }

    @Override
    public void velocities(double[] series, double[][] velocities) {
        int from = 0;
        for (GeneratorDictionary part : parts) {
            int to = from + part.size();
            part.velocities(series, Arrays.copyOfRange(velocities, from, to));
            from = to;
        }
    }
}
