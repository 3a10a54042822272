package dev.noether.cli.demo;

import java.util.List;
import java.util.Map;

/**
 * The models that were trained, loaded and used for scores.
 *
 * @param modelVersions versions that made at least one score, in ascending order
 * @param scoresByModelVersion number of scores by the version that made them
 * @param swaps models that the scoring job loaded during the run
 * @param modelsRefused releases that the scoring job refused to load
 * @param retrainings successful retrainings
 * @param retrainingFailures failed retrainings
 */
public record ModelUse(
        List<Long> modelVersions,
        Map<Long, Long> scoresByModelVersion,
        long swaps,
        long modelsRefused,
        int retrainings,
        int retrainingFailures) {}
