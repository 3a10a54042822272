package dev.noether.model.engine;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The engine that calls OpenBLAS, the BLAS of ND4J, directly: on a CPU the fastest one for networks of the size that
 * telemetry needs.
 *
 * <p>It sets OpenBLAS to one thread, for the whole process. The matrices are too small to divide among threads (two
 * threads were slower), and the streaming job is parallel already.
 *
 * <p>OpenBLAS reads and writes native memory. The engine has a native buffer for each operand, which grows to the
 * largest operand so far, and copies {@code float[]} to and from it. Passing the {@code float[]} to JavaCPP would
 * allocate for each call, and would also copy the output in. The weights of a {@link Reconstruction} stay in native
 * memory. {@link #close} frees the memory at once; otherwise the garbage collector does.
 */
public final class OpenBlasEngine implements Engine {
    /**
     * Whether the products were checked. OpenBLAS chooses its kernels once for the process, so that one check is
     * enough.
     */
    private static final AtomicBoolean IS_CHECKED = new AtomicBoolean();

    private final NativeFloats left = new NativeFloats();
    private final NativeFloats right = new NativeFloats();
    private final NativeFloats product = new NativeFloats();

    /**
     * An engine. The first one loads the library, which takes about a second, and checks some products.
     *
     * @throws IllegalStateException if the products are wrong
     */
    public OpenBlasEngine() {
        blas_set_num_threads(1);
        if (!IS_CHECKED.get()) {
            ProductCheck.require(
                    this,
                    "OPENBLAS_CORETYPE is " + System.getenv().getOrDefault("OPENBLAS_CORETYPE", "unset")
                            + ": unset it, or name kernels that fit this processor");
            IS_CHECKED.set(true);
        }
    }

    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public void multiply(
            boolean transposeLeft,
            boolean transposeRight,
            int rows,
            int columns,
            int inner,
            float scale,
            float[] left,
            float[] right,
            float keep,
            float[] product) {
        MatrixArguments.requireProduct(rows, columns, inner, left, right, product);
        this.left.write(left, rows * inner);
        this.right.write(right, inner * columns);
        if (keep == 0) {
            this.product.reserve(rows * columns);
        } else {
            this.product.write(product, rows * columns);
        }
        cblas_sgemm(
                CblasRowMajor,
                transposeLeft ? CblasTrans : CblasNoTrans,
                transposeRight ? CblasTrans : CblasNoTrans,
                rows,
                columns,
                inner,
                scale,
                this.left.pointer(),
                transposeLeft ? rows : inner,
                this.right.pointer(),
                transposeRight ? inner : columns,
                keep,
                this.product.pointer(),
                columns);
        this.product.read(product, rows * columns);
    }

    @Override
    public Reconstruction chain(List<AffineLayer> layers, int capacity) {
        return new OpenBlasReconstruction(layers, MatrixArguments.requirePositive("capacity", capacity));
    }

    @Override
    public void close() {
        left.close();
        right.close();
        product.close();
    }
}
