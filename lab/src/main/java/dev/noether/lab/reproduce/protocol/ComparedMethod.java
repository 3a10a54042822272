package dev.noether.lab.reproduce.protocol;

import dev.noether.cli.console.BadUseException;
import dev.noether.lab.control.LatentSmoothness;
import dev.noether.lab.control.NoiseAugmentation;
import dev.noether.model.method.Contractive;
import dev.noether.model.method.Denoising;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.training.TrainingOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The methods of Table 1: networks of the paper, linear methods and the project's default model; and controls, which
 * are not in the table.
 */
public enum ComparedMethod {
    /** The project's own model for series, as it comes. */
    DEFAULT("default", Kind.OWN, List.of()),
    /** Principal components, as many as the code has units, of all training rows. */
    PCA10("pca10", Kind.LINEAR, List.of()),
    /** The same of training rows augmented along the symmetry that cross-validation chose, "none" included. */
    PCA10_AUGMENTED("pca10-augmented", Kind.LINEAR, List.of()),
    /** The plain autoencoder. */
    AE("ae", Kind.NETWORK, List.of()),
    /** The denoising autoencoder; its strength is the deviation of the noise. */
    DENOISING("denoising", Kind.NETWORK, Strengths.NOISE) {
        @Override
        public TrainingOptions trainingOptions(TrainingOptions options, double strength, GeneratorStructure structure) {
            return options.withMethod(new Denoising(strength));
        }
    },
    /** The higher-order contractive autoencoder; its strength is the weight of both terms. */
    CONTRACTIVE("contractive", Kind.NETWORK, Strengths.PENALTY) {
        @Override
        public TrainingOptions trainingOptions(TrainingOptions options, double strength, GeneratorStructure structure) {
            return options.withMethod(Contractive.weighted(strength));
        }
    },
    /** The Lie group autoencoder of first order, Eq. 12. */
    LIE1("lie1", Kind.NETWORK, Strengths.PENALTY) {
        @Override
        public TrainingOptions trainingOptions(TrainingOptions options, double strength, GeneratorStructure structure) {
            LieFirstOrder method = LieFirstOrder.weighted(strength);
            return options.withMethod(new LieFirstOrder(method.penalty().withStructure(structure)));
        }
    },
    /** The Lie group autoencoder of second order, Eq. 13. */
    LIE2("lie2", Kind.NETWORK, Strengths.PENALTY) {
        @Override
        public TrainingOptions trainingOptions(TrainingOptions options, double strength, GeneratorStructure structure) {
            LieSecondOrder method = LieSecondOrder.weighted(strength);
            return options.withMethod(new LieSecondOrder(method.penalty().withStructure(structure)));
        }
    },
    /** Control: Eq. 12 with all generators held at 0. */
    LIE1_ZERO("lie1-zero", Kind.CONTROL, Strengths.PENALTY) {
        @Override
        public TrainingOptions trainingOptions(TrainingOptions options, double strength, GeneratorStructure structure) {
            return options.withMethod(LatentSmoothness.weighted(strength));
        }
    },
    /** Control: the plain autoencoder with decoupled decay of the weights, first of all 1e-4. */
    WEIGHT_DECAY("weight-decay", Kind.CONTROL, List.of(1e-4, 1e-2, 1.0, 1e-3, 1e-1)) {
        @Override
        public TrainingOptions trainingOptions(TrainingOptions options, double strength, GeneratorStructure structure) {
            return options.withWeightDecay(strength);
        }
    },
    /** Control: the plain autoencoder on rows moved by noise, target and all. */
    NOISE("noise", Kind.CONTROL, Strengths.NOISE) {
        @Override
        public TrainingOptions trainingOptions(TrainingOptions options, double strength, GeneratorStructure structure) {
            return options.withMethod(new NoiseAugmentation(strength));
        }
    },
    /** Control: our own model without a symmetry to choose. */
    DEFAULT_NONE("default-none", Kind.OWN_CONTROL, List.of()),
    /** Control: our own model, which chooses between none and shifts in time by prescribed steps. */
    DEFAULT_SHIFT("default-shift", Kind.OWN_CONTROL, List.of()),
    /** Control: our own model, which chooses between none and prescribed random warps of time. */
    DEFAULT_WARP("default-warp", Kind.OWN_CONTROL, List.of());

    /** The kind of a method. */
    private enum Kind {
        OWN,
        LINEAR,
        NETWORK,
        CONTROL,
        OWN_CONTROL
    }

    /** Grids of strengths: the middle first, then in the order of the search. */
    private static final class Strengths {
        private static final List<Double> NOISE = List.of(0.1, 0.3, 0.01, 1.0, 0.001);
        private static final List<Double> PENALTY = List.of(1.0, 0.1, 10.0, 0.001, 1000.0);
    }

    private final String label;
    private final Kind kind;
    private final List<Double> strengths;

    ComparedMethod(String label, Kind kind, List<Double> strengths) {
        this.label = label;
        this.kind = kind;
        this.strengths = strengths;
    }

    /** The name on the command line and in files. */
    public String label() {
        return label;
    }

    /** Whether it has a column in the table. */
    public boolean inTable() {
        return kind != Kind.CONTROL && kind != Kind.OWN_CONTROL;
    }

    /** Whether it is the project's own model, or a control of that. */
    public boolean isOwn() {
        return kind == Kind.OWN || kind == Kind.OWN_CONTROL;
    }

    /** Whether it is trained by this package, by the paper's protocol. */
    public boolean isNetwork() {
        return kind == Kind.NETWORK || kind == Kind.CONTROL;
    }

    /** The grid of penalty weights or noise deviations; empty if only the learning rate is searched. */
    public List<Double> strengths() {
        return strengths;
    }

    /** Options for its training. */
    public TrainingOptions trainingOptions(TrainingOptions options, double strength, GeneratorStructure structure) {
        return options;
    }

    /** All of them. */
    public static List<ComparedMethod> all() {
        return List.of(values());
    }

    /** The methods of a reproduction without {@code --methods}: all but the controls of the default model. */
    public static List<ComparedMethod> selectedByDefault() {
        return all().stream().filter(method -> method.kind != Kind.OWN_CONTROL).toList();
    }

    /**
     * The method with a label.
     *
     *
     * @throws BadUseException if there is none
     */
    public static ComparedMethod of(String label) {
        return Arrays.stream(values())
                .filter(method -> method.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new BadUseException("no method " + label + "; known methods are "
                        + all().stream().map(ComparedMethod::label).collect(Collectors.joining(", "))));
    }
}
