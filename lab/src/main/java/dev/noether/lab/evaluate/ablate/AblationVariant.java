package dev.noether.lab.evaluate.ablate;

import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.method.Plain;
import dev.noether.model.method.TrainingMethod;
import dev.noether.model.symmetry.PenaltyOptions;
import java.util.List;

/** A way to judge the windows of a signal that repeats. */
public enum AblationVariant {
    /** Prototypes of three windows, and no symmetry. */
    PROTOTYPES_0("prototypes, Σ = 0"),
    /** Prototypes of three windows, and the learned symmetry, as in the product. */
    PROTOTYPES("prototypes, Σ learned"),
    /** Prototypes of three windows, and all motions free. */
    PROTOTYPES_FREE("prototypes, Σ = ∞"),
    /** Prototypes of the whole period alone, and no symmetry. */
    WINDOW_0("one window, Σ = 0"),
    /** Prototypes of the whole period alone, and the learned symmetry. */
    WINDOW("one window, Σ learned"),
    /** Prototypes of the whole period alone, and all motions free. */
    WINDOW_FREE("one window, Σ = ∞"),
    /** Plain residual autoencoder. */
    NETWORK("network, plain"),
    /** Plain residual autoencoder, its residual judged modulo Σ. */
    NETWORK_MODULO("network, plain, mod Σ"),
    /** Plain residual autoencoder with a code of 8 units, whatever validation asks for. */
    NARROW("network, code 8"),
    /** Plain residual autoencoder with a code of 8 units, its residual judged modulo Σ. */
    NARROW_MODULO("network, code 8, mod Σ"),
    /** Penalty of first order. */
    LIE1("network, lie1"),
    /** Penalty of first order, judged modulo Σ. */
    LIE1_MODULO("network, lie1, mod Σ"),
    /** Penalty of second order. */
    LIE2("network, lie2"),
    /** Penalty of second order, judged modulo Σ. */
    LIE2_MODULO("network, lie2, mod Σ"),
    /** Training windows moved along the learned flow. */
    ORBITS("network, orbits"),
    /** Training windows moved along the learned flow, judged modulo Σ. */
    ORBITS_MODULO("network, orbits, mod Σ");

    private static final double PENALTY = 0.1;
    private static final int PENALTY_SAMPLES = 4;
    private static final int PENALTY_INTERVAL = 4;

    private final String title;

    AblationVariant(String title) {
        this.title = title;
    }

    /** The name in tables and files. */
    public String title() {
        return title;
    }

    /** The networks that are judged by their plain residuals. */
    static List<AblationVariant> networks() {
        return List.of(NETWORK, NARROW, LIE1, LIE2, ORBITS);
    }

    /** The same network, its residual judged modulo Σ. */
    AblationVariant modulo() {
        return switch (this) {
            case NETWORK -> NETWORK_MODULO;
            case NARROW -> NARROW_MODULO;
            case LIE1 -> LIE1_MODULO;
            case LIE2 -> LIE2_MODULO;
            case ORBITS -> ORBITS_MODULO;
            default -> throw new IllegalStateException(title + " is no network with a plain residual");
        };
    }

    /** The training method of a network. */
    TrainingMethod method() {
        PenaltyOptions penalty =
                PenaltyOptions.weighted(PENALTY).withSamples(PENALTY_SAMPLES).withInterval(PENALTY_INTERVAL);
        return switch (this) {
            case LIE1 -> new LieFirstOrder(penalty);
            case LIE2 -> new LieSecondOrder(penalty);
            default -> new Plain();
        };
    }
}
