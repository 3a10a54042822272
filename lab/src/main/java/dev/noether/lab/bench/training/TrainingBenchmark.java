package dev.noether.lab.bench.training;

import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.EngineChoice;
import dev.noether.model.method.Contractive;
import dev.noether.model.method.LieFirstOrder;
import dev.noether.model.method.LieSecondOrder;
import dev.noether.model.method.Plain;
import dev.noether.model.method.TrainingMethod;
import dev.noether.model.symmetry.GeneratorStructure;
import dev.noether.model.symmetry.Generators;
import dev.noether.model.symmetry.PenaltyOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Trains each network with each method. The methods alternate, so that other load on the machine affects all of them.
 */
final class TrainingBenchmark {
    /** The networks: the one of the pipeline benchmark, and one for long series. */
    private static final List<AutoencoderShape> NETWORKS = List.of(
            new AutoencoderShape(38, List.of(64), 10, List.of(64)),
            new AutoencoderShape(512, List.of(256, 64), 10, List.of(64, 256)));

    private static final int FEWEST_VALUES_FOR_STRUCTURES = 512;
    private static final double WEIGHT = 1;

    private final TrainingBenchmarkOptions options;
    private final Consumer<String> progress;

    TrainingBenchmark(TrainingBenchmarkOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    List<TrainingSpeed> run() {
        List<TrainingSpeed> speeds = new ArrayList<>();
        try (Engine engine = EngineChoice.AUTO.open()) {
            for (AutoencoderShape network : NETWORKS) {
                for (int batch : options.batches()) {
                    speeds.addAll(compare(engine, network, batch));
                }
            }
        }
        return speeds;
    }

    /** Returns the cost of the generators of each structure, for the sizes of the measured networks. */
    static List<GeneratorCost> costs() {
        List<GeneratorCost> costs = new ArrayList<>();
        for (AutoencoderShape network : NETWORKS) {
            for (GeneratorStructure structure : GeneratorStructure.values()) {
                int rank = PenaltyOptions.weighted(WEIGHT).rank();
                Generators generators =
                        structure.initialised(network.inputWidth(), network.codeSize(), rank, new SplittableRandom(1));
                costs.add(new GeneratorCost(
                        structure.name(),
                        network.inputWidth(),
                        network.codeSize(),
                        rank,
                        generators.parameterCount(),
                        generators.bytes(),
                        generators.multiplicationsPerPoint()));
            }
        }
        return costs;
    }

    private List<TrainingSpeed> compare(Engine engine, AutoencoderShape network, int batch) {
        List<TrainingWorkload> workloads = new ArrayList<>();
        methods(network).forEach((name, method) -> workloads.add(new TrainingWorkload(network, batch, name, method)));
        float[] windows = workloads.get(0).windows();
        double[][] rates = new double[workloads.size()][options.rounds()];
        for (int round = -1; round < options.rounds(); round++) {
            for (int index = 0; index < workloads.size(); index++) {
                TrainingWorkload workload = workloads.get(index);
                double rate = workload.stepsPerSecond(engine, windows, options.seconds());
                if (round >= 0) {
                    rates[index][round] = rate;
                    progress.accept("%s, batch %d, %s: round %d of %d, %,.0f steps/s"
                            .formatted(name(network), batch, workload.method(), round + 1, options.rounds(), rate));
                }
            }
        }
        List<TrainingSpeed> speeds = new ArrayList<>();
        for (int index = 0; index < workloads.size(); index++) {
            double[] slowdowns = new double[options.rounds()];
            for (int round = 0; round < slowdowns.length; round++) {
                slowdowns[round] = rates[0][round] / rates[index][round];
            }
            speeds.add(new TrainingSpeed(
                    name(network),
                    batch,
                    workloads.get(index).method(),
                    median(rates[index]),
                    median(slowdowns),
                    slowdowns));
        }
        return speeds;
    }

    /**
     * Returns the methods, the plain one first. Only the large network is trained with all generator structures.
     */
    private static Map<String, TrainingMethod> methods(AutoencoderShape network) {
        Map<String, TrainingMethod> methods = new LinkedHashMap<>();
        methods.put("plain", new Plain());
        methods.put("first order, low rank", LieFirstOrder.weighted(WEIGHT));
        methods.put(
                "first order, 4 pairs, each step",
                new LieFirstOrder(PenaltyOptions.weighted(WEIGHT).withSamples(4).withInterval(1)));
        methods.put(
                "first order, 16 pairs, each step",
                new LieFirstOrder(
                        PenaltyOptions.weighted(WEIGHT).withSamples(16).withInterval(1)));
        methods.put("second order, low rank", LieSecondOrder.weighted(WEIGHT));
        methods.put(
                "second order, 8 pairs, each step",
                new LieSecondOrder(
                        PenaltyOptions.weighted(WEIGHT).withSamples(8).withInterval(1)));
        methods.put("contractive", Contractive.weighted(WEIGHT));
        if (network.inputWidth() >= FEWEST_VALUES_FOR_STRUCTURES) {
            for (GeneratorStructure structure : GeneratorStructure.values()) {
                if (structure != GeneratorStructure.LOW_RANK) {
                    methods.put(
                            "first order, "
                                    + structure
                                            .name()
                                            .toLowerCase(java.util.Locale.ROOT)
                                            .replace('_', ' '),
                            new LieFirstOrder(PenaltyOptions.weighted(WEIGHT).withStructure(structure)));
                }
            }
        }
        return methods;
    }

    private static String name(AutoencoderShape network) {
        StringBuilder name = new StringBuilder().append(network.inputWidth());
        for (int layer = 0; layer < network.layerCount(); layer++) {
            name.append('-').append(network.layerWidth(layer));
        }
        return name.toString();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
