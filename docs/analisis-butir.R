# Menghitung ulang angka analisis butir dari berkas "Nilai tanpa nama (CSV)".
#
#   Rscript docs/analisis-butir.R nilai-....csv              cetak semua angka
#   Rscript docs/analisis-butir.R nilai-....csv angka.csv    bandingkan dengan "Angka (CSV)"
#   Rscript docs/analisis-butir.R contoh                     contoh yang jawabannya sudah diketahui
#
# Kepala kolom nilai: id|poin maksimum|all, atau drawn untuk soal yang diambil acak dari kelompok.
# Rumus: statistik kuis Moodle (calculator.php); ragam dan kovarians dibagi n - 1. Tanpa paket tambahan.
# Dijalankan dengan R 4.2.2; cukup r-base-core.

cut_off <- function(total) max(1, floor(0.27 * length(total) + 0.5))
blank <- function(x, if_zero) if (isTRUE(abs(if_zero) < 1e-9)) NA else x

item <- function(x, total, most, drawn) {
  asked <- !is.na(x); x <- x[asked]; total <- total[asked]; n <- length(x)
  y <- if (drawn) total else total - x
  share <- mean(x) / most
  z <- qnorm(0.975); middle <- (share + z^2 / (2 * n)) / (1 + z^2 / n)
  half <- z / (1 + z^2 / n) * sqrt(share * (1 - share) / n + z^2 / (4 * n^2))
  spread <- sqrt(var(x) * var(y))
  r <- blank(cov(x, y) / spread, spread)
  near <- if (is.na(r) || n < 4) c(NA, NA) else tanh(atanh(r) + c(-1, 1) * z / sqrt(n - 3))
  highest <- blank(cov(sort(x), sort(y)), spread)
  size <- cut_off(total)
  top <- total >= sort(total, decreasing = TRUE)[size] - 1e-9
  bottom <- total <= sort(total)[size] + 1e-9
  middle_rank <- rank(total)                      # sama nilai, sama peringkat: rata-rata peringkatnya
  quarter <- pmin(3, floor(4 * (2 * middle_rank - 1) / (2 * n)))
  q <- sapply(0:3, function(k) if (any(quarter == k)) 100 * mean(x[quarter == k]) / most else NA)
  c(n = n, F = 100 * share, F_low = 100 * (middle - half), F_high = 100 * (middle + half),
    SD = 100 * sd(x) / most, D = 100 * r, D_low = 100 * near[1], D_high = 100 * near[2],
    DE = 100 * cov(x, y) / highest, D27 = (mean(x[top]) - mean(x[bottom])) / most,
    n_top = sum(top), n_bottom = sum(bottom), Q1 = q[1], Q2 = q[2], Q3 = q[3], Q4 = q[4])
}

whole <- function(marks, most, drawn) {
  total <- rowSums(marks, na.rm = TRUE); S <- length(total); P <- ncol(marks)
  m <- function(k) sum((total - mean(total))^k) / S
  k2 <- S * m(2) / (S - 1)
  k3 <- S^2 * m(3) / ((S - 1) * (S - 2))
  k4 <- S^2 * ((S + 1) * m(4) - 3 * (S - 1) * m(2)^2) / ((S - 1) * (S - 2) * (S - 3))
  cic <- NA; kr20 <- NA
  if (!any(drawn) && P > 1 && k2 > 0) {
    cic <- 100 * P / (P - 1) * (1 - sum(apply(marks, 2, var)) / k2)
    if (length(unique(most)) == 1 && all(as.matrix(marks) %in% c(0, most[1]))) {
      p <- colMeans(marks) / most
      kr20 <- P / (P - 1) * (1 - sum(p * (1 - p)) * most[1]^2 / m(2))
    }
  }
  er <- 100 * sqrt(max(0, 1 - cic / 100))
  c(n = S, mean = mean(total), median = median(total), SD = sqrt(k2), skewness = k3 / k2^1.5,
    kurtosis = k4 / k2^2, CIC = cic, ER = er, SE = er * sqrt(k2) / 100, KR20 = kr20)
}

weights <- function(marks, most) {
  total <- rowSums(marks); shared <- apply(marks, 2, cov, total)
  shared[apply(marks, 2, sd) < 1e-9] <- 0
  root <- sqrt(ifelse(shared < 0, NA, shared))
  rbind(IW = 100 * most / sum(most), EW = 100 * root / sum(root, na.rm = TRUE))
}

figures <- function(marks, most, drawn) {
  total <- rowSums(marks, na.rm = TRUE)
  found <- sapply(seq_along(most), function(i) item(marks[[i]], total, most[i], drawn[i]))
  colnames(found) <- names(marks)
  both <- if (any(drawn)) matrix(NA, 2, length(most), dimnames = list(c("IW", "EW"), NULL)) else
    weights(marks, most)
  t(rbind(found, both))
}

read_marks <- function(path) {
  rows <- read.csv(path, check.names = FALSE, fileEncoding = "UTF-8-BOM")
  marks <- rows[, grepl("|", names(rows), fixed = TRUE), drop = FALSE]
  head <- strsplit(names(marks), "|", fixed = TRUE)
  names(marks) <- sapply(head, `[`, 1)
  list(marks = marks, most = as.numeric(sapply(head, `[`, 2)), drawn = sapply(head, `[`, 3) == "drawn")
}

compare <- function(ours, path) {
  theirs <- read.csv(path, check.names = FALSE, fileEncoding = "UTF-8-BOM")
  row.names(theirs) <- theirs$question
  worst <- 0
  check <- function(mine, its) {
    stopifnot(is.na(mine) == is.na(its))
    if (!is.na(mine)) worst <<- max(worst, abs(mine - its))
  }
  for (id in rownames(ours$items)) for (name in colnames(ours$items))
    check(ours$items[id, name], theirs[id, name])
  for (name in names(ours$whole)) check(ours$whole[[name]], theirs["*", name])
  cat(sprintf("Selisih terbesar: %.6f\n", worst))
  stopifnot(worst < 1e-4)
}

example <- function(rows, most) {
  marks <- as.data.frame(do.call(rbind, lapply(strsplit(rows, ""), as.numeric)))
  drawn <- rep(FALSE, length(most))
  print(round(figures(marks, most, drawn), 4)); print(round(whole(marks, most, drawn), 4))
}

given <- commandArgs(trailingOnly = TRUE)
options(width = 200)
if (length(given) == 0) {
  cat("Rscript docs/analisis-butir.R nilai.csv [angka.csv], atau: Rscript docs/analisis-butir.R contoh\n")
} else if (given[1] == "contoh") {
  example(c("11110", "11110", "11101", "11100", "11011", "11001", "10100", "10001", "11001", "10001"),
          rep(1, 5))
  example(c("213", "212", "113", "201", "010", "102", "000", "213"), c(2, 1, 3))
} else {
  read <- read_marks(given[1])
  ours <- list(items = figures(read$marks, read$most, read$drawn),
               whole = whole(read$marks, read$most, read$drawn))
  if (length(given) > 1) compare(ours, given[2]) else {
    print(round(ours$items, 4)); print(round(ours$whole, 4))
  }
}
