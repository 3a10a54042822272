package dev.noether.lab.reproduce.run;

import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Hyperparameters;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.set.BenchmarkSet;
import dev.noether.model.hash.Sha256;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.symmetry.PenaltyOptions;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * All that decides what comes out of one training, in words. Two trainings of one identity are the same.
 *
 * @param set name of the set
 * @param label of the method
 * @param seed of the split and of the initial weights, the same for all networks of a run, and of what a method draws
 * @param key everything, the data's fingerprint included
 */
public record RunIdentity(String set, String label, long seed, String key) {
    /** To be raised when a change of the code makes kept runs worthless. */
    private static final int VERSION = 4;

    static RunIdentity of(
            BenchmarkSet set,
            String fingerprint,
            ComparedMethod method,
            Hyperparameters setting,
            long seed,
            Protocol protocol) {
        StringBuilder key = new StringBuilder("v" + VERSION + " " + set.name() + " " + fingerprint + " "
                + method.label() + " seed " + seed + " validation " + Protocol.VALIDATION_SHARE);
        if (method.isNetwork()) {
            key.append(" " + protocol.shape(set.train().length()) + " epochs " + protocol.epochs() + " batch "
                    + protocol.batch() + " rate " + setting.learningRate() + " strength " + setting.strength());
        }
        if (method == ComparedMethod.LIE1 || method == ComparedMethod.LIE2) {
            key.append(" " + protocol.generators());
        }
        if (!set.series() && method.isOwn()) {
            key.append(" passes " + DefaultModelTrainer.passes(set));
        }
        switch (method) {
            case LIE1, LIE1_ZERO -> key.append(pairs(LieFirstOrder.weighted(1).penalty()));
            case LIE2 -> key.append(pairs(LieSecondOrder.weighted(1).penalty()));
            default -> {}
        }
        return new RunIdentity(set.name(), method.label(), seed, key.toString());
    }

    private static String pairs(PenaltyOptions penalty) {
        return " pairs " + penalty.samples() + " every " + penalty.interval();
    }

    /** A name for its file. */
    String fileName() {
        byte[] digest = Sha256.of(key.getBytes(StandardCharsets.UTF_8));
        return "%s-%s-%d-%s.json"
                .formatted(set.replace('/', '-'), label, seed, HexFormat.of().formatHex(digest, 0, 8));
    }
}
