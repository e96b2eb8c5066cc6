### The words of the storefront, of the seller's pages and of the counter.

## Branches of craft

branch-textiles = Textiles
branch-wood = Wood
branch-candles = Candles
branch-metalwork = Metalwork
branch-goldwork = Gold and silver work
branch-jewellery = Jewellery
branch-huichol = Huichol art
branch-shell = Shell
branch-glass = Glass
branch-featherwork = Featherwork
branch-lacquer = Lacquer
branch-horn-bone = Horn and bone
branch-plant-fibre = Plant fibre
branch-paper = Paper
branch-leather = Leather
branch-stonework = Stonework
branch-ceramics = Pottery and ceramics
branch-other = Other pieces
