### The words of the storefront, of the seller's pages and of the counter.

## Branches of craft

branch-textiles = Textiles
branch-wood = Bois
branch-candles = Bougies et cire
branch-metalwork = Métal
branch-goldwork = Orfèvrerie
branch-jewellery = Bijoux
branch-huichol = Art huichol
branch-shell = Coquillage
branch-glass = Verre
branch-featherwork = Plumasserie
branch-lacquer = Laque
branch-horn-bone = Corne et os
branch-plant-fibre = Fibres végétales
branch-paper = Papier
branch-leather = Cuir
branch-stonework = Pierre
branch-ceramics = Poterie et céramique
branch-other = Autres pièces
